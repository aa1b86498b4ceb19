package dev.stemma.ingest.reference;

import dev.stemma.graph.id.Digest;
import dev.stemma.graph.id.ImageId;
import java.nio.charset.StandardCharsets;

/**
 * What makes a version this one, whatever chain it is moved to.
 *
 * @param text {@code ver-} and 20 hexadecimal digits
 */
public record VersionId(String text) {

    private static final int DIGITS = 20;

    public VersionId {
        if (!text.matches("ver-[0-9a-f]{20}")) {
            throw new IllegalArgumentException("the id of a version is ver- and 20 hexadecimal digits, not " + text);
        }
    }

    /** The one that a request makes, however often it is carried out. */
    public static VersionId of(String request) {
        return new VersionId("ver-"
                + Digest.sha256(request.getBytes(StandardCharsets.UTF_8)).hex().substring(0, DIGITS));
    }

    /** Where it lies: in the store, which is no path. */
    public String location() {
        return "stemma:" + text;
    }

    /** The id of its image. */
    public String imageId() {
        return ImageId.of(location());
    }
}

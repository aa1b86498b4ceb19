package dev.stemma.graph.id;

import java.nio.charset.StandardCharsets;

/** The id of an image: the same for the same place, so that registering twice makes no second one. */
public final class ImageId {

    private static final int DIGITS = 20;

    private ImageId() {}

    /**
     * The id of what lies at a location.
     *
     * @param location absolute real path
     * @return {@code img-} and the first 20 hexadecimal digits of the location's SHA-256
     */
    public static String of(String location) {
        return "img-"
                + Digest.sha256(location.getBytes(StandardCharsets.UTF_8)).hex().substring(0, DIGITS);
    }
}

package dev.stemma.ingest.reference;

import dev.stemma.graph.id.Digest;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

/**
 * The name of a version chain or of a channel; has no colon, so that {@code web:1.2} reads in one way only.
 *
 * @param text 1 to 128 letters, digits, points, underscores and hyphens of ASCII; the first is a letter or digit
 */
public record ChainName(String text) {

    private static final Pattern FORM = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,127}");
    private static final Pattern NUMBER = Pattern.compile("[0-9.]+");
    private static final int ID_DIGITS = 20;

    /**
     * @throws IllegalArgumentException when it is no such name
     */
    public ChainName {
        if (!FORM.matcher(text).matches()) {
            throw new IllegalArgumentException(
                    "a name of a chain or channel has 1 to 128 letters, digits, points, underscores and hyphens, a letter or digit first");
        }
    }

    /**
     * The name of a channel, which must not read as a version.
     *
     * @throws IllegalArgumentException when it is no such name
     */
    public static ChainName ofChannel(String text) {
        ChainName name = new ChainName(text);
        if (NUMBER.matcher(text).matches()) {
            throw new IllegalArgumentException("a channel is not named like a version: " + text);
        }
        return name;
    }

    /** The id of the chain. */
    String chainId() {
        return "chn-" + digits(text);
    }

    /** The id of a channel of this name. */
    String channelId(String chainId) {
        return "chl-" + digits(chainId + "/" + text);
    }

    private static String digits(String text) {
        return Digest.sha256(text.getBytes(StandardCharsets.UTF_8)).hex().substring(0, ID_DIGITS);
    }

    @Override
    public String toString() {
        return text;
    }
}

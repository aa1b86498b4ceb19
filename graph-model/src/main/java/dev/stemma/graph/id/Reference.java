package dev.stemma.graph.id;

import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What a person types to mean an image (REF). Which image that is, the catalog says; here is only how the text reads.
 */
public sealed interface Reference {

    /** Fewer digits of an id or digest than this are not taken for one. */
    int MIN_PREFIX = 4;

    /** Longest text that is looked at, in characters. */
    int MAX_LENGTH = 1_024;

    /**
     * A whole id: {@code img-} and 20 hexadecimal digits.
     *
     * @param id in lower case
     */
    record Id(String id) implements Reference {}

    /**
     * The beginning of an id.
     *
     * @param prefix {@code img-} and 4 to 19 hexadecimal digits, in lower case
     */
    record IdPrefix(String prefix) implements Reference {}

    /**
     * The beginning of a content digest, stated as such: {@code sha256:9f…}.
     *
     * @param prefix 4 to 64 hexadecimal digits in lower case
     */
    record DigestPrefix(String prefix) implements Reference {}

    /**
     * A version of a chain, {@code web:1.2} or {@code web:2}, or a branch of one, {@code web:1.2.3}; or a name with a colon in
     * it, when there is no such chain.
     *
     * @param text the whole
     * @param chain before the last colon
     * @param version one to three numbers with points between
     */
    record Version(String text, String chain, String version) implements Reference {
        /** The number of the version in its chain, {@code 1.2}; of a branch that of the version that it is of. */
        public String number() {
            String[] parts = version.split("\\.", -1);
            return parts.length == 1 ? "1." + version : parts[0] + "." + parts[1];
        }

        /** The number of the branch, 3 in {@code 1.2.3}; empty where the version itself is meant. */
        public Optional<Long> branch() {
            String[] parts = version.split("\\.", -1);
            return parts.length < 3 ? Optional.empty() : Optional.of(Long.parseLong(parts[2]));
        }
    }

    /**
     * What a channel of a chain points to, {@code web:stable}; or a name with a colon in it, when there is no such channel.
     *
     * @param text the whole
     * @param chain before the colon
     * @param channel after it
     */
    record Channel(String text, String chain, String channel) implements Reference {}

    /**
     * Any other text: a name; or, when no image has that name and it may be one, the beginning of a content digest.
     *
     * @param text not empty
     */
    record Name(String text) implements Reference {
        /** Whether it could also be the beginning of a digest. */
        public boolean mayBeDigestPrefix() {
            return HEX.matcher(text).matches();
        }
    }

    /** Digits enough for a prefix and not too many for a digest, lower case. */
    Pattern HEX = Pattern.compile("[0-9a-f]{" + MIN_PREFIX + ",64}");

    /** {@code img-} and digits. */
    Pattern ID = Pattern.compile("img-[0-9a-f]{" + MIN_PREFIX + ",20}");

    /** A chain and its version. */
    Pattern VERSION = Pattern.compile("(.+):(\\d{1,9}(?:\\.\\d{1,9}){0,2})");

    /** A chain and its channel, each named as chains and channels are. */
    Pattern CHANNEL = Pattern.compile("([A-Za-z0-9][A-Za-z0-9._-]{0,127}):([A-Za-z0-9][A-Za-z0-9._-]{0,127})");

    /**
     * Reads what a person typed; surrounding space is dropped.
     *
     * @throws IllegalArgumentException when it is empty, too long, or a digest without digits
     */
    static Reference parse(String typed) {
        String text = typed.strip();
        if (text.isEmpty()) {
            throw new IllegalArgumentException("a reference is an id, a name, chain:version or the start of a digest");
        }
        if (text.length() > MAX_LENGTH) {
            throw new IllegalArgumentException("a reference has at most " + MAX_LENGTH + " characters");
        }
        if (text.startsWith("sha256:")) {
            String digits = text.substring("sha256:".length()).toLowerCase(java.util.Locale.ROOT);
            if (!HEX.matcher(digits).matches()) {
                throw new IllegalArgumentException(
                        "after sha256: come " + MIN_PREFIX + " to 64 hexadecimal digits, not: " + digits);
            }
            return new DigestPrefix(digits);
        }
        if (ID.matcher(text).matches()) {
            return text.length() == "img-".length() + 20 ? new Id(text) : new IdPrefix(text);
        }
        var version = VERSION.matcher(text);
        if (version.matches()) {
            return new Version(text, version.group(1), version.group(2));
        }
        var channel = CHANNEL.matcher(text);
        return channel.matches() ? new Channel(text, channel.group(1), channel.group(2)) : new Name(text);
    }
}

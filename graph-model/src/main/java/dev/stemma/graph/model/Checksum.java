package dev.stemma.graph.model;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What a package says its file's content digests to. Not a {@code Digest}: that is what Stemma computed itself and names
 * contents by; this is somebody's claim, in whichever algorithm they chose.
 *
 * @param hexadecimal lower case, as long as the algorithm wants
 */
public record Checksum(Algorithm algorithm, String hexadecimal) {

    private static final Pattern HEXADECIMAL = Pattern.compile("[0-9a-f]+");

    /** The algorithms that package managers use. */
    public enum Algorithm {
        MD5(32),
        SHA1(40),
        SHA224(56),
        SHA256(64),
        SHA384(96),
        SHA512(128);

        private final int characters;

        Algorithm(int characters) {
            this.characters = characters;
        }
    }

    /** @throws IllegalArgumentException when it is no digest of that algorithm */
    public Checksum {
        if (hexadecimal.length() != algorithm.characters
                || !HEXADECIMAL.matcher(hexadecimal).matches()) {
            throw new IllegalArgumentException("not a digest by " + algorithm);
        }
    }

    /** An MD5. */
    public static Checksum md5(String hexadecimal) {
        return new Checksum(Algorithm.MD5, hexadecimal);
    }

    /** A digest in hexadecimal of either case; empty when it is not one of that algorithm. */
    public static Optional<Checksum> find(Algorithm algorithm, String hexadecimal) {
        String lower = hexadecimal.toLowerCase(Locale.ROOT);
        return lower.length() == algorithm.characters
                        && HEXADECIMAL.matcher(lower).matches()
                ? Optional.of(new Checksum(algorithm, lower))
                : Optional.empty();
    }

    /** {@code sha256:0123…}, the form in which the graph has it. */
    @Override
    public String toString() {
        return algorithm.name().toLowerCase(Locale.ROOT) + ":" + hexadecimal;
    }
}

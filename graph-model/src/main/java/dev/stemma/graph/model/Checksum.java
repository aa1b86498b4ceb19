package dev.stemma.graph.model;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Optional;

/**
 * What a package says its file's content digests to. Not a {@code Digest}: that is what Stemma computed itself and names
 * contents by; this is somebody's claim, in whichever algorithm they chose.
 *
 * @param hexadecimal lower case, as long as the algorithm wants
 */
public record Checksum(Algorithm algorithm, String hexadecimal) {

    /** The algorithms that package managers use. */
    public enum Algorithm {
        MD5("MD5", 32),
        SHA1("SHA-1", 40),
        SHA224("SHA-224", 56),
        SHA256("SHA-256", 64),
        SHA384("SHA-384", 96),
        SHA512("SHA-512", 128);

        private final String standardName;
        private final int characters;

        /** @param standardName as in Java's security standard algorithm names */
        Algorithm(String standardName, int characters) {
            this.standardName = standardName;
            this.characters = characters;
        }

        /** As Java's security standard has it: {@code SHA-256}. */
        public String standardName() {
            return standardName;
        }

        /** Length of a digest in bytes. */
        public int lengthBytes() {
            return characters / 2;
        }

        private boolean writes(String hexadecimal) {
            return hexadecimal.length() == characters
                    && hexadecimal.chars().allMatch(c -> (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'));
        }

        /** A fresh digest of it. */
        public MessageDigest newDigest() {
            try {
                return MessageDigest.getInstance(standardName);
            } catch (NoSuchAlgorithmException e) {
                throw new IllegalStateException("every Java runtime has it", e);
            }
        }
    }

    /** @throws IllegalArgumentException when it is no digest of that algorithm */
    public Checksum {
        if (!algorithm.writes(hexadecimal)) {
            throw new IllegalArgumentException("not a digest by " + algorithm);
        }
    }

    /** An MD5. */
    public static Checksum md5(String hexadecimal) {
        return new Checksum(Algorithm.MD5, hexadecimal);
    }

    /** What bytes digest to. */
    public static Checksum of(Algorithm algorithm, byte[] bytes) {
        return new Checksum(
                algorithm, HexFormat.of().formatHex(algorithm.newDigest().digest(bytes)));
    }

    /** A digest in hexadecimal of either case; empty when it is not one of that algorithm. */
    public static Optional<Checksum> find(Algorithm algorithm, String hexadecimal) {
        String lower = hexadecimal.toLowerCase(Locale.ROOT);
        return algorithm.writes(lower) ? Optional.of(new Checksum(algorithm, lower)) : Optional.empty();
    }

    /** {@code sha256:0123…}, the form in which the graph has it. */
    @Override
    public String toString() {
        return algorithm.name().toLowerCase(Locale.ROOT) + ":" + hexadecimal;
    }
}

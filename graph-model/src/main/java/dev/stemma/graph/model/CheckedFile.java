package dev.stemma.graph.model;

import java.util.Optional;

/**
 * An owned path that is not as its package says, or of which that cannot be told.
 *
 * @param path in the guest
 * @param purl the package version that owns it
 * @param configuration whether the package manager treats it as configuration, which people are meant to change
 * @param expected what the package says that its content digests to
 * @param found what it digests to by the same algorithm, in hexadecimal; empty when it is missing, no file, or was not read
 * @param reason in words, where the verdict alone does not say it
 */
public record CheckedFile(
        GuestPath path,
        String purl,
        Verdict verdict,
        boolean configuration,
        Optional<Checksum> expected,
        Optional<String> found,
        Optional<String> reason) {

    /** How it departs from its package. */
    public enum Verdict {
        /** Its content is not what the package shipped, or it is no file any more. */
        MODIFIED,
        /** It is not there. */
        MISSING,
        /** The package gives no checksum, or the content could not be read. */
        UNVERIFIABLE
    }
}

package dev.stemma.graph.catalog;

import java.time.Instant;
import java.util.Optional;

/**
 * An image as the catalog lists it.
 *
 * @param id {@code img-…}
 * @param name file name without its ending; not always unique
 * @param description what a person wrote about it
 * @param format {@code raw}, {@code qcow2}
 * @param location absolute real path
 * @param virtualBytes size the guest sees
 * @param allocatedBytes space it takes
 * @param modifiedAt when its file last changed
 * @param state whether it is still there
 * @param registeredAt when it was first seen
 */
public record Image(
        String id,
        String name,
        Optional<String> description,
        String format,
        String location,
        long virtualBytes,
        long allocatedBytes,
        Instant modifiedAt,
        State state,
        Instant registeredAt) {

    /** Whether an image is still there, and what may be made of a version in the reference repository. */
    public enum State {
        /** Its file was there when we last looked. */
        ACTIVE,
        /** Its file is gone; what was known of it stays. */
        MISSING,
        /** A version that is not to be used for anything new. */
        DEPRECATED,
        /** A version that is not to be used at all. */
        REVOKED,
        /** A version that was deleted; its bytes may be gone. */
        DELETED
    }
}

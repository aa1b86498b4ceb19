package dev.stemma.ingest.problem;

import org.jspecify.annotations.Nullable;

/**
 * Where bytes came from, from the outside in, as errors and observations show it:
 * {@code web.qcow2 › partition 2 › ext4 › inode 4711 › extent tree}.
 *
 * @param outer what it lies in; null for the outermost
 * @param name of this step, guest bytes already escaped
 */
public record Origin(@Nullable Origin outer, String name) {

    /** The outermost place: usually a file's name. */
    public static Origin of(String name) {
        return new Origin(null, name);
    }

    /** A place within this one. */
    public Origin within(String inner) {
        return new Origin(this, inner);
    }

    @Override
    public String toString() {
        return outer == null ? name : outer + " › " + name;
    }
}

package dev.stemma.graph.model;

import java.time.Instant;
import java.util.Optional;

/**
 * What a file system says of itself.
 *
 * @param type as {@code blkid} names it: {@code ext4}, {@code xfs}, {@code vfat}
 * @param uuid as {@code blkid} prints it
 * @param label the volume label
 * @param createdAt when it was made, where the format records that
 * @param sizeBytes size of the file system
 * @param usedBytes of which in use, where the format records that
 * @param reader which of the two ways read it: {@code java} or {@code guestfs}
 */
public record FileSystem(
        String type,
        Optional<String> uuid,
        Optional<String> label,
        Optional<Instant> createdAt,
        long sizeBytes,
        Optional<Long> usedBytes,
        String reader) {}

package dev.stemma.queries.inventory;

import dev.stemma.graph.model.FileSystem;
import dev.stemma.graph.model.Partition;
import java.util.List;
import java.util.Optional;

/**
 * A disk of an image with its partitions and file systems.
 *
 * @param index among the image's disks, from 0
 * @param table {@code gpt}, {@code mbr} or {@code none}
 */
public record VolumeFacts(int index, long virtualBytes, String table, List<Part> parts) {

    public VolumeFacts {
        parts = List.copyOf(parts);
    }

    /** A partition and what it holds. */
    public record Part(Partition partition, Optional<Held> held) {}

    /**
     * A file system in its place.
     *
     * @param selector what {@code ls} and {@code stat} take to mean this one: {@code 0:1} (volume and partition number)
     * @param facts what it says of itself
     * @param root digest of its root directory; empty at the basic level or when it could not be read
     * @param chosen whether paths are looked up here when no file system is named
     * @param mountPoints where a system on the image has it mounted; empty for what none mounts
     */
    public record Held(
            String selector,
            String id,
            FileSystem facts,
            Optional<String> root,
            boolean chosen,
            List<String> mountPoints) {

        public Held {
            mountPoints = List.copyOf(mountPoints);
        }
    }
}

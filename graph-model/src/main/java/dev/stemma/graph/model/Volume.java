package dev.stemma.graph.model;

import dev.stemma.graph.id.Digest;
import java.util.List;
import java.util.Optional;

/**
 * A disk as a guest sees it.
 *
 * @param index position among the image's disks, from 0
 * @param virtualBytes size the guest sees
 * @param table kind of partition table: {@code gpt}, {@code mbr} or {@code none}
 * @param parts in the order of the table
 */
public record Volume(int index, long virtualBytes, String table, List<Part> parts) {

    public Volume {
        parts = List.copyOf(parts);
    }

    /**
     * A partition and what was found on it.
     *
     * @param fileSystem empty when there is none that Stemma knows, which an observation explains
     * @param root digest of the root directory; empty at the basic level or when it could not be read
     */
    public record Part(Partition partition, Optional<FileSystem> fileSystem, Optional<Digest> root) {}
}

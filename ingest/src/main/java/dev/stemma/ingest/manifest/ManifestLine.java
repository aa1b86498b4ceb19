package dev.stemma.ingest.manifest;

import dev.stemma.graph.model.Entry;
import java.util.Optional;

/** What a manifest consists of, in order. */
public sealed interface ManifestLine {

    /**
     * Starts the entries of one file system.
     *
     * @param volume the disk's index in the image, from 0
     * @param partition its number, 0 for a volume without a table
     * @param type of the file system: {@code ext4}
     */
    record Section(int volume, int partition, String type, Optional<String> uuid, Optional<String> label)
            implements ManifestLine {}

    /** An entry of the section above it; sections start with their root, and go on in the order of a walk. */
    record Item(Entry entry) implements ManifestLine {}
}

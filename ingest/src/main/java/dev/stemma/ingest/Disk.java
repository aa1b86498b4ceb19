package dev.stemma.ingest;

import dev.stemma.graph.model.FileSystem;
import dev.stemma.graph.model.Observation.Severity;
import dev.stemma.graph.model.Partition;
import dev.stemma.ingest.bytes.ByteSource;
import dev.stemma.ingest.filesystem.FileSystemReader;
import dev.stemma.ingest.filesystem.FileSystems;
import dev.stemma.ingest.key.VolumeKey;
import dev.stemma.ingest.partition.PartitionTable;
import dev.stemma.ingest.partition.Slot;
import dev.stemma.ingest.problem.Budget;
import dev.stemma.ingest.problem.Corrupt;
import dev.stemma.ingest.problem.ImageProblem;
import dev.stemma.ingest.problem.Unsupported;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A disk taken apart: its partition table, and a reader for each file system that can be read. What cannot be read has
 * become an observation. Closes its readers, not the bytes.
 *
 * @param table {@code gpt}, {@code mbr} or {@code none}
 * @param parts in the order of the table, then what lies on volume managers
 * @param secondWay the appliance behind some of the readers, if there is need of one
 */
record Disk(long virtualBytes, String table, List<Part> parts, SecondWay secondWay) implements AutoCloseable {

    /** Partitions that hold no file system by their nature: GRUB's core image, firmware, PReP. */
    private static final Set<String> WITHOUT_FILE_SYSTEM =
            Set.of("21686148-6449-6e6f-744e-656564454649", "9e1a2d38-c612-4316-aa26-8b49521e5a8b", "0x41");

    Disk {
        parts = List.copyOf(parts);
    }

    /**
     * A partition.
     *
     * @param reader empty when there is no file system, or none that can be read
     */
    record Part(Partition partition, Optional<FileSystemReader> reader) {
        Optional<FileSystem> facts() {
            return reader.map(FileSystemReader::facts);
        }
    }

    /** Takes a disk apart without keys. */
    static Disk probe(ByteSource bytes, Budget budget, ObservationLog log) throws ImageProblem {
        return probe(bytes, List.of(), budget, log);
    }

    /**
     * Takes a disk apart.
     *
     * @param keys to what is encrypted
     * @throws Unsupported {@code not-an-image} or {@code empty-image} when there is nothing to recognize at all;
     *     {@code unknown-file-system} when there are partitions and nothing to recognize on any
     * @throws Corrupt {@code truncated} when nothing is recognized and a partition lies past the end
     */
    static Disk probe(ByteSource bytes, List<VolumeKey> keys, Budget budget, ObservationLog log) throws ImageProblem {
        return probe(bytes, keys, budget, log, true);
    }

    /** The same for what Java reads alone: whatever would take an appliance has no reader. */
    static Disk probeFirstWay(ByteSource bytes, Budget budget, ObservationLog log) throws ImageProblem {
        return probe(bytes, List.of(), budget, log, false);
    }

    private static Disk probe(
            ByteSource bytes, List<VolumeKey> keys, Budget budget, ObservationLog log, boolean appliance)
            throws ImageProblem {
        PartitionTable table = PartitionTable.read(bytes);
        log.addAll(table.observations());
        List<Part> parts = new ArrayList<>();
        Map<Partition, ImageProblem> refused = new LinkedHashMap<>();
        VolumeParts volumes = new VolumeParts(refused, keys, budget, log);
        boolean recognized = false;
        Optional<ImageProblem> pastEnd = Optional.empty();
        try {
            for (Slot slot : table.slots()) {
                Optional<FileSystemReader> reader = Optional.empty();
                if (!slot.container()) {
                    try {
                        reader = Optional.of(open(slot, budget));
                        recognized = true;
                    } catch (ImageProblem e) {
                        Walk.requireGoingOn(e, budget, bytes.origin());
                        recognized |= recognized(e);
                        pastEnd = pastEnd.or(() -> Optional.of(e).filter(Disk::pastEnd));
                        requireSomething(table, e, bytes);
                        if (e.code().equals("volume-manager")) {
                            volumes.add(slot.partition(), slot.bytes(), e);
                        } else if (SecondWay.mayRead(e, keys)) {
                            refused.put(slot.partition(), e);
                        } else {
                            log.add(e, severity(e, slot), ObservationLog.NAME);
                        }
                    }
                }
                parts.add(new Part(slot.partition(), reader));
            }
            if (!recognized) {
                throw nothing(table, pastEnd, bytes);
            }
            volumes.open(parts);
            SecondWay secondWay = SecondWay.open(appliance ? refused : Map.of(), bytes, keys, budget, log);
            try {
                return new Disk(bytes.sizeBytes(), table.kind(), secondWay.parts(parts), secondWay);
            } catch (ImageProblem | RuntimeException e) {
                secondWay.close();
                throw e;
            }
        } catch (ImageProblem | RuntimeException e) {
            close(parts);
            throw e;
        }
    }

    /** A disk of which nothing can be told but its size. */
    static Disk unreadable(ByteSource bytes, Budget budget, ObservationLog log) throws ImageProblem {
        return new Disk(bytes.sizeBytes(), "none", List.of(), SecondWay.open(Map.of(), bytes, List.of(), budget, log));
    }

    private static FileSystemReader open(Slot slot, Budget budget) throws ImageProblem {
        ByteSource bytes = slot.bytes();
        try {
            return FileSystems.open(bytes, budget);
        } catch (RuntimeException | StackOverflowError e) {
            throw new Corrupt("reader-failed", bytes.origin(), "its bytes make no sense: " + e, null, e);
        }
    }

    private static ImageProblem nothing(PartitionTable table, Optional<ImageProblem> pastEnd, ByteSource bytes) {
        return pastEnd.<ImageProblem>map(problem -> new Corrupt(
                        "truncated",
                        problem.origin(),
                        problem.reason() + ", and nothing else of the disk is known to Stemma",
                        "Copy the image again from its source.",
                        problem))
                .orElseGet(() -> new Unsupported(
                        "unknown-file-system",
                        bytes.origin(),
                        "there is a partition table (" + table.kind() + "), and no file system that Stemma knows",
                        "Check with file(1) or blkid(8) what the partitions hold."));
    }

    private static boolean pastEnd(ImageProblem problem) {
        return problem.code().equals("partition-out-of-bounds");
    }

    /** Something is there, though it cannot be read. */
    private static boolean recognized(ImageProblem problem) {
        return switch (problem.code()) {
            case "unknown-file-system", "empty-partition", "partition-out-of-bounds", "partition-overlap" -> false;
            default -> true;
        };
    }

    /** A file without a partition table in which nothing is recognized is no image. */
    private static void requireSomething(PartitionTable table, ImageProblem problem, ByteSource bytes)
            throws Unsupported {
        if (!table.kind().equals("none")) {
            return;
        }
        switch (problem.code()) {
            case "unknown-file-system" ->
                throw new Unsupported(
                        "not-an-image",
                        bytes.origin(),
                        "there is no partition table and no file system that Stemma knows",
                        "Check with file(1) what it is; compressed or archived images must be unpacked first.");
            case "empty-partition" ->
                throw new Unsupported(
                        "empty-image",
                        bytes.origin(),
                        "the disk holds only zeros",
                        "It was never written to, or its content was lost: compare it with its source.");
            default -> {}
        }
    }

    private static Severity severity(ImageProblem problem, Slot slot) {
        boolean nothingMissing =
                switch (problem.code()) {
                    case "swap", "empty-partition" -> true;
                    case "unknown-file-system" ->
                        slot.partition()
                                .type()
                                .filter(WITHOUT_FILE_SYSTEM::contains)
                                .isPresent();
                    default -> false;
                };
        return nothingMissing ? Severity.NOTE : Severity.MISSING;
    }

    /** The readers of all file systems that can be read. */
    List<FileSystemReader> readers() {
        return parts.stream().flatMap(part -> part.reader().stream()).toList();
    }

    @Override
    public void close() throws ImageProblem {
        try {
            close(parts);
        } finally {
            secondWay.close();
        }
    }

    private static void close(List<Part> parts) throws ImageProblem {
        for (Part part : parts) {
            if (part.reader().isPresent()) {
                part.reader().get().close();
            }
        }
    }
}

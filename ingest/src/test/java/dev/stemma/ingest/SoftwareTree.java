package dev.stemma.ingest;

import dev.stemma.graph.model.Checksum;
import dev.stemma.graph.model.Entry;
import dev.stemma.ingest.analyze.Findings;
import dev.stemma.ingest.analyze.Spotters;
import dev.stemma.ingest.analyze.software.SoftwareSearch;
import dev.stemma.ingest.analyze.software.Spotter;
import dev.stemma.ingest.bytes.FileSource;
import dev.stemma.ingest.filesystem.FileSystemReader;
import dev.stemma.ingest.filesystem.FileSystems;
import dev.stemma.ingest.filesystem.Node;
import dev.stemma.ingest.filesystem.Tool;
import dev.stemma.ingest.problem.Budget;
import dev.stemma.ingest.problem.Origin;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Looks for software in a tree of files, as a full index of a disk that holds it does. */
final class SoftwareTree {

    private SoftwareTree() {}

    /** On a real ext4 file system, made by mke2fs beside the tree. */
    static Findings search(Path tree) throws Exception {
        Tool.require("mke2fs");
        Path image = tree.resolveSibling("software.img");
        Files.deleteIfExists(image);
        Tool.run(List.of("mke2fs", "-q", "-F", "-t", "ext4", "-d", tree.toString(), image.toString(), "256M"));
        try (FileSource source = FileSource.open(image);
                FileSystemReader reader = FileSystems.open(source, Budget.of(Duration.ofMinutes(1)))) {
            return search(reader, Spotters.ALL);
        }
    }

    static Findings search(FileSystemReader reader, List<Spotter> spotters) throws Exception {
        Budget budget = Budget.of(Duration.ofMinutes(1));
        Origin origin = Origin.of("disk");
        SoftwareSearch search = new SoftwareSearch(spotters);
        new FileSystemPass(reader, budget, new ObservationLog(origin), new Meter(ProgressListener.NONE, budget, origin))
                .run(1, new FileSystemPass.EntrySink() {
                    @Override
                    public void accept(Entry entry, Node node, Optional<Checksum> second) {
                        search.offer(reader, entry, node);
                    }

                    @Override
                    public void accept(Entry entry) {}
                });
        return search.read(origin, budget, (_, path) -> path);
    }
}

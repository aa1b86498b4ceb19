package dev.stemma.ingest;

import dev.stemma.graph.model.Level;
import dev.stemma.ingest.image.ImageRules;
import java.nio.file.Path;
import java.util.Optional;

/**
 * One image to index.
 *
 * @param image path of the file; links are followed and the rules asked about where it really lies
 * @param agent who asked, as the record of the run names it; empty when nobody but the software did
 * @param threads that hash, 1 or more
 * @param readAll to read every file, also where an indexed parent tells the digest
 */
public record IngestRequest(
        Path image, Level level, ImageRules rules, Optional<String> agent, int threads, boolean readAll) {

    public IngestRequest {
        if (threads < 1) {
            throw new IllegalArgumentException("hashing takes at least one thread, not " + threads);
        }
    }

    /** With as many threads as there are processors. */
    public static IngestRequest of(Path image, Level level, ImageRules rules) {
        return new IngestRequest(
                image, level, rules, Optional.empty(), Runtime.getRuntime().availableProcessors(), false);
    }

    /** The same, asked for by somebody. */
    public IngestRequest by(String name) {
        return new IngestRequest(image, level, rules, Optional.of(name), threads, readAll);
    }

    /** The same, reading every file, or only those that no indexed parent tells of. */
    public IngestRequest readingAll(boolean all) {
        return new IngestRequest(image, level, rules, agent, threads, all);
    }
}

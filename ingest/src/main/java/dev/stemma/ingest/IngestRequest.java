package dev.stemma.ingest;

import dev.stemma.graph.model.Level;
import dev.stemma.ingest.content.ContentStore;
import dev.stemma.ingest.content.WritingTurn;
import dev.stemma.ingest.image.ImageRules;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * One image to index.
 *
 * @param image path of the file; links are followed and the rules asked about where it really lies
 * @param agent who asked, as the record of the run names it; empty when nobody but the software did
 * @param threads that hash, 1 or more
 * @param keyFiles files with passphrases for what is encrypted, see {@link dev.stemma.ingest.key.KeyFile}; the rules are asked about them too
 * @param readAll to read every file, also where an indexed parent tells the digest
 * @param store to check the image in to, bit for bit, while it is read; empty to index it only
 * @param turn of that store, when who asked goes on in it; empty for one that ends with the run
 */
public record IngestRequest(
        Path image,
        Level level,
        ImageRules rules,
        Optional<String> agent,
        int threads,
        List<Path> keyFiles,
        boolean readAll,
        Optional<ContentStore> store,
        Optional<WritingTurn> turn) {

    public IngestRequest {
        keyFiles = List.copyOf(keyFiles);
        if (threads < 1) {
            throw new IllegalArgumentException("hashing takes at least one thread, not " + threads);
        }
        if (store.isPresent() && level != Level.FULL) {
            throw new IllegalArgumentException("an image is checked in with a full index");
        }
    }

    /** Without keys. */
    public IngestRequest(Path image, Level level, ImageRules rules, Optional<String> agent, int threads) {
        this(image, level, rules, agent, threads, List.of(), false, Optional.empty(), Optional.empty());
    }

    /** With as many threads as there are processors. */
    public static IngestRequest of(Path image, Level level, ImageRules rules) {
        return new IngestRequest(
                image, level, rules, Optional.empty(), Runtime.getRuntime().availableProcessors());
    }

    /** The same, asked for by somebody. */
    public IngestRequest by(String name) {
        return new IngestRequest(image, level, rules, Optional.of(name), threads, keyFiles, readAll, store, turn);
    }

    /** The same with keys to what is encrypted. */
    public IngestRequest withKeys(List<Path> files) {
        return new IngestRequest(image, level, rules, agent, threads, files, readAll, store, turn);
    }

    /** The same, reading every file, or only those that no indexed parent tells of. */
    public IngestRequest readingAll(boolean all) {
        return new IngestRequest(image, level, rules, agent, threads, keyFiles, all, store, turn);
    }

    /** The same, with the image kept in a store as it is read. */
    public IngestRequest into(ContentStore kept) {
        return new IngestRequest(
                image, level, rules, agent, threads, keyFiles, readAll, Optional.of(kept), Optional.empty());
    }

    /** The same, in a turn that lasts until what is kept has its name. */
    public IngestRequest into(WritingTurn kept) {
        return new IngestRequest(
                image, level, rules, agent, threads, keyFiles, readAll, Optional.of(kept.store()), Optional.of(kept));
    }
}

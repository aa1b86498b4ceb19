package dev.stemma.queries.search;

import dev.stemma.graph.id.Digest;
import dev.stemma.graph.store.Graph;
import dev.stemma.graph.store.Row;
import dev.stemma.graph.store.Statement;
import dev.stemma.graph.tree.TreeNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.lucene.index.CorruptIndexException;
import org.apache.lucene.index.IndexFormatTooNewException;
import org.apache.lucene.index.IndexFormatTooOldException;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.SearcherManager;
import org.apache.lucene.store.AlreadyClosedException;
import org.apache.lucene.store.FSDirectory;

/**
 * The Lucene index over names: images, the list of all software known, and file names by the directories that hold
 * them; and these directories, whole. Derived from the graph: it follows the inventories' sequence numbers and may be deleted at any time. Safe for
 * use by several threads; one process at a time.
 */
public final class SearchIndex implements AutoCloseable {

    private static final String VERSION = "version";
    private static final String SEQUENCE = "sequence";
    private static final String FIRST = "first";
    private static final int AT_ONCE = 50;

    /** Changes that leave the graph as large as it was are nothing of Stemma's own; they are seen after so long. */
    private static final long MAX_UNSEEN_NANOS = 30_000_000_000L;

    private static final long MAX_NANOS = 10_000_000_000L;
    private static final Statement NEW = Statement.named(SearchIndex.class, "search/new-inventories.cypher");
    private static final Statement SIZE = Statement.named(SearchIndex.class, "search/size.cypher");
    private static final Statement LAST = Statement.named(SearchIndex.class, "search/sequence.cypher");

    private final Graph graph;
    private final TextSource texts;
    private final FSDirectory directory;
    private final Object catalog = new Object();
    private final Map<String, String> knownImages = new HashMap<>();
    private final Map<String, String> knownTexts = new HashMap<>();
    private volatile List<Row> seen = List.of();
    private volatile long seenAt;
    private volatile long last;
    private IndexWriter writer;
    private volatile SearcherManager searchers;
    private volatile long applied;
    private String first;

    private SearchIndex(Graph graph, TextSource texts, FSDirectory directory) throws IOException {
        this.graph = graph;
        this.texts = texts;
        this.directory = directory;
        this.writer = writer(directory);
        this.searchers = new SearcherManager(writer, null);
        Map<String, String> state = state(writer);
        this.applied = Long.parseLong(state.getOrDefault(SEQUENCE, "0"));
        this.first = state.getOrDefault(FIRST, "");
        remember();
    }

    /** Reads what the index has of images and texts, to tell what changed. */
    private void remember() throws IOException {
        knownImages.clear();
        knownTexts.clear();
        searching(searcher -> {
            IndexTerms.stored(searcher, IndexFields.IMAGE, IndexFields.IMAGE_DIGEST, knownImages);
            IndexTerms.stored(searcher, IndexFields.TEXT, IndexFields.TEXT_VERSION, knownTexts);
            return searcher;
        });
    }

    /**
     * Opens the index, making it when it is missing or of another version. It is not caught up yet. Closed by the caller.
     *
     * @param texts of configuration that is to be found by what stands in it
     * @param directory of the host, for this index alone
     * @throws UncheckedIOException when it cannot be read or written, or another process has it open
     */
    public static SearchIndex open(Graph graph, TextSource texts, Path directory) {
        try {
            Files.createDirectories(directory);
            try {
                SearchIndex index = new SearchIndex(graph, texts, FSDirectory.open(directory));
                if (index.usable()) {
                    return index;
                }
                index.close();
            } catch (CorruptIndexException | IndexFormatTooOldException | IndexFormatTooNewException e) {
                System.getLogger(SearchIndex.class.getName())
                        .log(System.Logger.Level.WARNING, "the search index is made anew: {0}", e.getMessage());
            }
            delete(directory);
            return new SearchIndex(graph, texts, FSDirectory.open(directory));
        } catch (IOException e) {
            throw new UncheckedIOException("the search index in " + directory + " cannot be opened", e);
        }
    }

    private static IndexWriter writer(FSDirectory directory) throws IOException {
        return new IndexWriter(
                directory,
                new IndexWriterConfig(new WordAnalyzer())
                        .setOpenMode(IndexWriterConfig.OpenMode.CREATE_OR_APPEND)
                        .setCommitOnClose(false)
                        .setRAMBufferSizeMB(32));
    }

    private static Map<String, String> state(IndexWriter writer) {
        Iterable<Map.Entry<String, String>> data = writer.getLiveCommitData();
        Map<String, String> state = new HashMap<>();
        if (data != null) {
            data.forEach(entry -> state.put(entry.getKey(), entry.getValue()));
        }
        return state;
    }

    private boolean usable() {
        return writer.getDocStats().maxDoc == 0
                || IndexFields.VERSION.equals(state(writer).get(VERSION));
    }

    private static void delete(Path directory) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Files.delete(file);
            }
        }
    }

    /**
     * Applies all inventories committed since the last call, and what changed about images. When the graph is not the one
     * the index was made from, the index is made anew.
     *
     * <p>Several callers take turns. When it fails, the index stays as it was after the last inventory applied.
     *
     * @return how far it is now
     */
    public synchronized Progress catchUp() {
        try {
            follow();
            return progress();
        } catch (IOException e) {
            reopen();
            throw new UncheckedIOException("the search index cannot be written", e);
        } catch (RuntimeException e) {
            reopen();
            throw e;
        }
    }

    private void follow() throws IOException {
        Row graphs = graph.read(LAST).getFirst();
        if (applied > graphs.number("last")
                || (applied > 0 && !graphs.text("first").equals(first))) {
            writer.deleteAll();
            synchronized (catalog) {
                knownImages.clear();
                knownTexts.clear();
                seen = List.of();
            }
            applied = 0;
        }
        first = graphs.text("first");
        IndexFeeder feeder = new IndexFeeder(graph, writer);
        while (true) {
            List<Row> rows = graph.read(NEW.with(Map.of("sequence", applied, "limit", AT_ONCE)));
            if (rows.isEmpty()) {
                break;
            }
            searchers.maybeRefreshBlocking();
            List<String> ids = rows.stream().map(row -> row.text("id")).toList();
            searching(searcher -> {
                feeder.inventories(ids, searcher);
                return searcher;
            });
            applied = rows.getLast().number("sequence");
            commit();
        }
        searchers.maybeRefreshBlocking();
        seen = List.of();
        refresh();
        commit();
    }

    /**
     * Brings the images and the texts up to date, unless nothing came or went since the last time, some seconds ago. What Stemma wrote
     * into the graph before the call is in the index after it; only the names of files may lag behind, see {@link #progress}. What others
     * changed without adding or removing anything is there 30 seconds later.
     */
    void refresh() {
        try {
            List<Row> now = graph.read(SIZE);
            if (isSeen(now)) {
                return;
            }
            synchronized (catalog) {
                if (isSeen(now)) {
                    return;
                }
                long begun = System.nanoTime();
                new TextFeeder(texts, writer, knownTexts).feed();
                new ImageFeeder(graph, writer, knownImages).feed();
                searchers.maybeRefreshBlocking();
                last = graph.read(LAST).getFirst().number("last");
                seen = now;
                seenAt = begun;
            }
        } catch (IOException e) {
            throw new UncheckedIOException("the search index cannot be written", e);
        }
    }

    private boolean isSeen(List<Row> now) {
        return now.equals(seen) && System.nanoTime() - seenAt < MAX_UNSEEN_NANOS;
    }

    private void commit() throws IOException {
        writer.setLiveCommitData(Map.of(VERSION, IndexFields.VERSION, SEQUENCE, Long.toString(applied), FIRST, first)
                .entrySet());
        writer.commit();
    }

    /** Back to the last commit. */
    private void reopen() {
        synchronized (catalog) {
            try {
                searchers.close();
                writer.rollback();
                writer = writer(directory);
                searchers = new SearcherManager(writer, null);
                Map<String, String> state = state(writer);
                applied = Long.parseLong(state.getOrDefault(SEQUENCE, "0"));
                first = state.getOrDefault(FIRST, "");
                remember();
                seen = List.of();
            } catch (IOException e) {
                throw new UncheckedIOException("the search index cannot be opened again", e);
            }
        }
    }

    /**
     * How far the index is.
     *
     * @param applied sequence number of the last inventory applied; 0 for none
     * @param behind how many inventories the graph has beyond that
     */
    public record Progress(long applied, long behind) {}

    /** How far it is, without doing anything. */
    public Progress progress() {
        long last = graph.read(LAST).getFirst().number("last");
        return new Progress(applied, Math.max(0, last - applied));
    }

    /** A sentence that says how far the index lags behind what was in the graph at the last {@link #refresh}, if it does. */
    Optional<String> lag() {
        long behind = Math.max(0, last - applied);
        return behind == 0
                ? Optional.empty()
                : Optional.of("the search index lags " + behind + " inventories behind; their files were not searched");
    }

    /** Ids of software whose name starts with a text, and after it what is one or two typing errors away; best first. */
    List<String> packages(String typed, int limit) {
        return search(searcher -> IndexTerms.packages(searcher, typed, limit));
    }

    /**
     * Directories and chunks as the index has them, and so as the graph does. Those that it lacks are left out, and all of them when it cannot be read: the graph has them too.
     */
    public Map<Digest, TreeNode> nodes(List<Digest> ids) {
        try {
            return searching(searcher -> new HeldNodes(searcher.getIndexReader()).find(ids));
        } catch (IOException | AlreadyClosedException e) {
            System.getLogger(SearchIndex.class.getName())
                    .log(
                            System.Logger.Level.WARNING,
                            "directories cannot be read from the search index: {0}",
                            e.getMessage());
            return Map.of();
        }
    }

    /** Ids of packages whose name fits, in no certain order. */
    List<String> packagesNamed(TextTerm pattern, int limit) {
        return search(searcher -> IndexTerms.packagesNamed(searcher, pattern, limit));
    }

    /**
     * Contents of configuration files.
     *
     * @param digests in hexadecimal
     * @param complete false when there are more
     */
    record Contents(List<String> digests, boolean complete) {
        Contents {
            digests = List.copyOf(digests);
        }
    }

    /** The kept texts that have these words. */
    Contents contents(ConfigurationTerm term) {
        return search(searcher -> IndexTerms.contents(searcher, term));
    }

    /** What is kept of a content. */
    Optional<String> text(String digest) {
        try {
            return texts.text(digest);
        } catch (IOException e) {
            throw new UncheckedIOException("a kept text cannot be read", e);
        }
    }

    /**
     * Looks for images, within a bound of time.
     *
     * @throws dev.stemma.queries.problem.QueryProblem {@code INVALID} when it takes longer
     */
    <T> T images(ImageQuestion<T> question) {
        return search(searcher -> {
            long end = System.nanoTime() + MAX_NANOS;
            IndexSearcher timed = new IndexSearcher(searcher.getIndexReader());
            timed.setTimeout(() -> System.nanoTime() - end > 0);
            T answer = question.ask(timed);
            if (timed.timedOut()) {
                throw ConditionBounds.invalid("the search took longer than " + MAX_NANOS / 1_000_000_000L
                        + " seconds and was ended; ask for less at once");
            }
            return answer;
        });
    }

    /** A question about images. */
    @FunctionalInterface
    interface ImageQuestion<T> {
        T ask(IndexSearcher searcher) throws IOException;
    }

    /** Ids of images whose texts have all these words or their beginnings; best first. At most {@code limit}. */
    public List<String> images(String words, int limit) {
        return search(searcher -> IndexTerms.images(searcher, words, limit));
    }

    /** A question to the index. */
    @FunctionalInterface
    private interface Question<T> {
        T ask(IndexSearcher searcher) throws IOException;
    }

    private <T> T search(Question<T> question) {
        try {
            return searching(question);
        } catch (IOException e) {
            throw new UncheckedIOException("the search index cannot be read", e);
        }
    }

    private <T> T searching(Question<T> question) throws IOException {
        SearcherManager manager = searchers;
        IndexSearcher searcher = manager.acquire();
        try {
            return question.ask(searcher);
        } finally {
            manager.release(searcher);
        }
    }

    @Override
    public synchronized void close() {
        try {
            searchers.close();
            writer.rollback();
            directory.close();
        } catch (IOException e) {
            throw new UncheckedIOException("the search index cannot be closed", e);
        }
    }
}

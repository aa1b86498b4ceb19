package dev.stemma.ingest.summary;

import dev.stemma.graph.id.Digest;
import dev.stemma.graph.model.ContentSummary;
import dev.stemma.graph.model.Entry;
import dev.stemma.graph.model.GuestName;
import dev.stemma.graph.model.Payload;
import dev.stemma.ingest.analyze.GuestContent;
import dev.stemma.ingest.bytes.ByteSource;
import dev.stemma.ingest.filesystem.FileSystemReader;
import dev.stemma.ingest.filesystem.Node;
import dev.stemma.ingest.problem.Budget;
import dev.stemma.ingest.problem.ImageProblem;
import java.lang.foreign.MemorySegment;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;

/**
 * Summarizes the programs of one image. {@link #offer} looks at each entry while it goes by, and keeps those that may be programs or libraries, each
 * content once; {@link #read} reads a few kilobytes of each. Not thread-safe.
 */
public final class SummarySearch {

    /** Raised with each change of what it answers. */
    public static final String NAME = "summary/1";

    /** More programs than this are not summarized; a full desktop has some ten thousand. */
    private static final int MAX_PICKS = 100_000;

    private static final int EXECUTABLE = 0111;
    private static final int START_BYTES = ScriptFacts.MAX_LINE_BYTES;

    private final Map<Digest, ByteSource> picks = new LinkedHashMap<>();

    /** The next entry of the walk of a file system, with the node that the reader listed. */
    public void offer(FileSystemReader reader, Entry entry, Node node) {
        if (entry.payload() instanceof Payload.File file
                && file.digest().isPresent()
                && file.sizeBytes() > 2
                && picks.size() < MAX_PICKS
                && ((entry.attributes().mode() & EXECUTABLE) != 0
                        || isLibrary(entry.path().name()))) {
            picks.putIfAbsent(
                    file.digest().get(),
                    new GuestContent(
                            reader,
                            node,
                            file.sizeBytes(),
                            reader.origin().within(entry.path().escaped())));
        }
    }

    /** {@code libc.so.6}, {@code ext4.ko}: libraries and kernel modules need not be executable. */
    private static boolean isLibrary(GuestName name) {
        for (int i = name.length() - 3; i > 0; i--) {
            if (name.at(i) == '.') {
                boolean shared = name.at(i + 1) == 's' && name.at(i + 2) == 'o';
                boolean module = name.at(i + 1) == 'k' && name.at(i + 2) == 'o';
                if ((shared || module) && (i + 3 == name.length() || name.at(i + 3) == '.')) {
                    return true;
                }
            }
        }
        return false;
    }

    /** Contents that may have a summary. */
    public Set<Digest> picked() {
        return picks.keySet();
    }

    /**
     * Reads.
     *
     * @param wanted those of {@link #picked} that are not summarized yet
     * @param stopped asked for each; ends the work when true
     * @return by content; empty for what is neither ELF nor script, or makes no sense
     * @throws ImageProblem when the run has to end
     */
    public Map<Digest, Optional<ContentSummary>> read(Set<Digest> wanted, Budget budget, BooleanSupplier stopped)
            throws ImageProblem {
        Map<Digest, Optional<ContentSummary>> summaries = new LinkedHashMap<>();
        for (Map.Entry<Digest, ByteSource> pick : picks.entrySet()) {
            if (wanted.contains(pick.getKey()) && !stopped.getAsBoolean()) {
                budget.check(pick.getValue().origin());
                summaries.put(pick.getKey(), read(pick.getValue(), budget));
            }
        }
        return summaries;
    }

    private static Optional<ContentSummary> read(ByteSource content, Budget budget) throws ImageProblem {
        try {
            return of(content);
        } catch (ImageProblem e) {
            // A program that is damaged has no summary; that its content could be read is known.
            budget.check(content.origin());
            return Optional.empty();
        } catch (RuntimeException e) {
            return Optional.empty();
        }
    }

    static Optional<ContentSummary> of(ByteSource content) throws ImageProblem {
        byte[] start = new byte[(int) Math.min(START_BYTES, content.sizeBytes())];
        content.read(0, MemorySegment.ofArray(start));
        if (start.length > 2 && start[0] == '#' && start[1] == '!') {
            return ScriptFacts.of(start);
        }
        return start.length > 3 && start[0] == 0x7f ? ElfFacts.of(content) : Optional.empty();
    }
}

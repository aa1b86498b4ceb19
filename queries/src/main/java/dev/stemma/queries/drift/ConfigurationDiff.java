package dev.stemma.queries.drift;

import com.github.difflib.DiffUtils;
import com.github.difflib.UnifiedDiffUtils;
import com.github.difflib.algorithm.myers.MyersDiffWithLinearSpace;
import com.github.difflib.patch.Patch;
import dev.stemma.graph.model.ConfigurationPlaces;
import dev.stemma.queries.inventory.EntryFacts;
import dev.stemma.queries.page.Page;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Turns changes of configuration files into text diffs, by the algorithm of Myers in linear space ("An O(ND) Difference Algorithm and Its Variations", 1986, section 4b). For one answer: it spends a
 * bounded number of comparisons, since texts that have nothing in common cost their lengths multiplied.
 */
final class ConfigurationDiff {

    private static final Logger LOG = LoggerFactory.getLogger(ConfigurationDiff.class);

    /** Lines of the one text times lines of the other, of all files of an answer. */
    private static final long MAX_COMPARISONS = 60_000_000;

    private static final int CONTEXT_LINES = 3;

    private final KeptTexts texts;
    private long comparisonsLeft = MAX_COMPARISONS;

    ConfigurationDiff(KeptTexts texts) {
        this.texts = texts;
    }

    /** What a side has: its lines, or why there are none. */
    private record Text(List<String> lines, boolean lastLineEnds, boolean redacted, Optional<String> problem) {
        static final Text NOTHING = new Text(List.of(), true, false, Optional.empty());

        static Text unknown(String problem) {
            return new Text(List.of(), true, false, Optional.of(problem));
        }
    }

    Page<ConfigurationChange> of(Page<FileChange> changes) {
        return changes.map(this::of);
    }

    private ConfigurationChange of(FileChange change) {
        boolean content = change.kind() != FileChange.Kind.CHANGED
                || change.aspects().contains(FileChange.Aspect.CONTENT)
                || change.aspects().contains(FileChange.Aspect.KIND);
        if (!content) {
            return new ConfigurationChange(change, Optional.empty(), false, Optional.empty());
        }
        Text before = text(change.from());
        Text after = text(change.to());
        boolean redacted = before.redacted || after.redacted;
        Optional<String> problem = before.problem.or(() -> after.problem);
        if (problem.isPresent()) {
            return new ConfigurationChange(change, Optional.empty(), redacted, problem);
        }
        long comparisons = (long) before.lines.size() * after.lines.size();
        if (comparisons > comparisonsLeft) {
            return new ConfigurationChange(
                    change,
                    Optional.empty(),
                    redacted,
                    Optional.of("too long to be compared beside the others: read it with stemma cat"));
        }
        comparisonsLeft -= comparisons;
        String difference = difference(change, before, after);
        boolean file = change.from()
                .or(change::to)
                .filter(entry -> entry.kind().equals("file"))
                .isPresent();
        return difference.isEmpty()
                ? new ConfigurationChange(
                        change,
                        Optional.empty(),
                        redacted,
                        redacted && file ? Optional.of("what differs was redacted") : Optional.empty())
                : new ConfigurationChange(change, Optional.of(difference), redacted, Optional.empty());
    }

    private Text text(Optional<EntryFacts> entry) {
        if (entry.isEmpty() || !entry.get().kind().equals("file")) {
            return Text.NOTHING;
        }
        if (entry.get().digest().isEmpty()) {
            return Text.unknown("its content was not read");
        }
        if (entry.get().sizeBytes().orElse(0L) > ConfigurationPlaces.MAX_FILE_BYTES) {
            return Text.unknown("not kept: it has more than " + ConfigurationPlaces.MAX_FILE_BYTES + " bytes");
        }
        try {
            Optional<KeptTexts.Kept> kept = texts.find(entry.get().digest().get());
            if (kept.isEmpty()) {
                return Text.unknown(
                        "not kept: the image was indexed before texts were, or holds more than are kept; index it again");
            }
            return kept.get()
                    .text()
                    .map(text -> lines(text, kept.get().redacted() > 0))
                    .orElseGet(() -> Text.unknown("not kept: it is no text"));
        } catch (IOException | UncheckedIOException e) {
            LOG.warn("the kept text of {} cannot be read", entry.get().digest().get(), e);
            return Text.unknown("its kept text cannot be read; the log says why");
        }
    }

    private static Text lines(String text, boolean redacted) {
        if (text.isEmpty()) {
            return new Text(List.of(), true, redacted, Optional.empty());
        }
        boolean ends = text.endsWith("\n");
        String body = ends ? text.substring(0, text.length() - 1) : text;
        return new Text(List.of(body.split("\n", -1)), ends, redacted, Optional.empty());
    }

    private static String difference(FileChange change, Text before, Text after) {
        List<String> old = marked(before);
        List<String> now = marked(after);
        Patch<String> patch = DiffUtils.diff(old, now, new MyersDiffWithLinearSpace<String>(String::equals));
        if (patch.getDeltas().isEmpty()) {
            return "";
        }
        List<String> lines = UnifiedDiffUtils.generateUnifiedDiff(
                change.from().isPresent() ? "a" + change.path() : "/dev/null",
                change.to().isPresent() ? "b" + change.path() : "/dev/null",
                old,
                patch,
                CONTEXT_LINES);
        StringBuilder text = new StringBuilder();
        lines.subList(0, 2).forEach(line -> text.append(line).append('\n'));
        List<String> added = new ArrayList<>();
        // A side without lines begins at 0, as diff(1) and patch(1) have it; the library counts from 1.
        text.append(lines.get(2).replace("-1,0 ", "-0,0 ").replace("+1,0 ", "+0,0 "))
                .append('\n');
        for (String line : lines.subList(3, lines.size())) {
            if (line.startsWith("+")) {
                added.add(line);
            } else {
                if (!line.startsWith("-")) {
                    flush(added, text);
                }
                text.append(line).append('\n');
            }
        }
        flush(added, text);
        return text.toString();
    }

    /** What came stands behind what went, as people are used to; the algorithm has it in either order. */
    private static void flush(List<String> added, StringBuilder text) {
        added.forEach(line -> text.append(line).append('\n'));
        added.clear();
    }

    /** A last line that does not end is another one than the same that does, as diff(1) has it. */
    private static List<String> marked(Text text) {
        if (text.lastLineEnds || text.lines.isEmpty()) {
            return text.lines;
        }
        List<String> lines = new ArrayList<>(text.lines);
        lines.set(lines.size() - 1, lines.getLast() + "\n\\ No newline at end of file");
        return lines;
    }
}

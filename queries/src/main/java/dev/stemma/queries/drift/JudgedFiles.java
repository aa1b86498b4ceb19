package dev.stemma.queries.drift;

import dev.stemma.queries.drift.rules.DriftRules;
import dev.stemma.queries.page.Cursor;
import dev.stemma.queries.page.Page;
import dev.stemma.queries.page.PageRequest;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Changed files with what is known of them: who owns them, and whether they are noise. */
final class JudgedFiles {

    /**
     * One of them.
     *
     * @param configuration whether a package brings it as configuration
     */
    record Judged(FileChange change, boolean configuration) {}

    private final List<Judged> files = new ArrayList<>();
    private final List<Judged> significant;
    private final Map<String, String> whys = new HashMap<>();

    JudgedFiles(List<FileComparison.Found> changes, FileOwners owners, DriftRules rules) {
        for (FileComparison.Found found : changes) {
            Optional<DriftRules.Noise> noise = found.mounted()
                    ? rules.noise(found.change().path(), found.change().program())
                    : Optional.empty();
            noise.ifPresent(rule -> whys.put(rule.name(), rule.why()));
            List<FileOwners.Owner> mine = owners.of(found);
            files.add(new Judged(
                    found.change()
                            .known(
                                    mine.stream().map(FileOwners.Owner::purl).toList(),
                                    noise.map(DriftRules.Noise::name)),
                    mine.stream().anyMatch(FileOwners.Owner::configuration)));
        }
        significant =
                files.stream().filter(file -> file.change().noise().isEmpty()).toList();
    }

    /** Those that are no noise. */
    List<Judged> significant() {
        return significant;
    }

    FileDrift drift(DriftOptions options, boolean complete) {
        List<FileChange> changes = significant.stream().map(Judged::change).toList();
        List<FileChange> listed =
                options.noise() ? files.stream().map(Judged::change).toList() : changes;
        return new FileDrift(
                page(listed, options.page()),
                count(changes, FileChange.Kind.ADDED),
                count(changes, FileChange.Kind.REMOVED),
                count(changes, FileChange.Kind.CHANGED),
                byOwner(changes),
                noise(),
                complete);
    }

    private static long count(List<FileChange> changes, FileChange.Kind kind) {
        return changes.stream().filter(change -> change.kind() == kind).count();
    }

    private List<FileDrift.NoiseCount> noise() {
        Map<String, Long> counts = new HashMap<>();
        files.forEach(file -> file.change().noise().ifPresent(rule -> counts.merge(rule, 1L, Long::sum)));
        return counts.entrySet().stream()
                .map(entry -> new FileDrift.NoiseCount(
                        entry.getKey(), whys.getOrDefault(entry.getKey(), ""), entry.getValue()))
                .sorted(Comparator.<FileDrift.NoiseCount>comparingLong(count -> -count.paths())
                        .thenComparing(FileDrift.NoiseCount::rule))
                .toList();
    }

    private static List<FileDrift.OwnerCount> byOwner(List<FileChange> changes) {
        Map<String, long[]> counts = new HashMap<>();
        for (FileChange change : changes) {
            for (String purl : change.owners().isEmpty() ? List.of("") : change.owners()) {
                counts.computeIfAbsent(purl, _ -> new long[3])[change.kind().ordinal()]++;
            }
        }
        return counts.entrySet().stream()
                .map(entry -> new FileDrift.OwnerCount(
                        entry.getKey(), entry.getValue()[0], entry.getValue()[1], entry.getValue()[2]))
                .sorted(Comparator.<FileDrift.OwnerCount>comparingLong(
                                count -> -(count.added() + count.removed() + count.changed()))
                        .thenComparing(FileDrift.OwnerCount::purl))
                .toList();
    }

    private static Page<FileChange> page(List<FileChange> changes, PageRequest page) {
        Optional<List<String>> after = page.after().map(cursor -> cursor.require(2));
        List<FileChange> rest = changes.stream()
                .filter(change -> after.map(key -> isAfter(change, key)).orElse(true))
                .limit(page.limit() + 1L)
                .toList();
        List<FileChange> items = rest.stream().limit(page.limit()).toList();
        Optional<String> next = rest.size() > items.size()
                ? Optional.of(
                        Cursor.of(items.getLast().fileSystem(), items.getLast().path())
                                .text())
                : Optional.empty();
        return new Page<>(items, next, changes.size());
    }

    private static boolean isAfter(FileChange change, List<String> key) {
        int order = change.fileSystem().compareTo(key.getFirst());
        return order > 0 || (order == 0 && change.path().compareTo(key.getLast()) > 0);
    }
}

package dev.stemma.queries.drift.fleet;

import dev.stemma.queries.drift.DriftAnswer;
import dev.stemma.queries.drift.FileDrift;
import dev.stemma.queries.drift.PackageChange;
import dev.stemma.queries.drift.PackageDrift;
import dev.stemma.queries.drift.Ranking;
import dev.stemma.queries.drift.Suspect;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * One comparison in numbers.
 *
 * @param same whether nothing differs
 * @param packages changes by kind in lower case; kinds without any are left out
 * @param files what differs but for noise; empty when a side has no files
 * @param noise how many paths are noise
 * @param system how many changes of services, accounts, boot, identity, network
 * @param suspects the first to look at, at most {@value #MAX_SUSPECTS}
 * @param notes what to know about the comparison
 */
public record DriftSummary(
        boolean same,
        Map<String, Long> packages,
        Optional<FileCounts> files,
        long noise,
        long system,
        List<Suspect> suspects,
        List<String> notes) {

    /** As many as fit in a line or two. */
    public static final int MAX_SUSPECTS = 3;

    public DriftSummary {
        packages = Map.copyOf(packages);
        suspects = List.copyOf(suspects);
        notes = List.copyOf(notes);
    }

    /** Paths by what happened to them. */
    public record FileCounts(long added, long removed, long changed) {}

    static DriftSummary of(DriftAnswer answer) {
        Map<String, Long> packages = new TreeMap<>();
        PackageDrift drift = answer.packages().orElseThrow();
        for (PackageChange.Kind kind : PackageChange.Kind.values()) {
            if (drift.count(kind) > 0) {
                packages.put(kind.name().toLowerCase(java.util.Locale.ROOT), drift.count(kind));
            }
        }
        return new DriftSummary(
                answer.same(),
                packages,
                answer.files().map(files -> new FileCounts(files.added(), files.removed(), files.changed())),
                answer.files()
                        .map(files -> files.noise().stream()
                                .mapToLong(FileDrift.NoiseCount::paths)
                                .sum())
                        .orElse(0L),
                answer.system().orElseThrow().changes().size(),
                answer.ranking().map(Ranking::suspects).orElse(List.of()).stream()
                        .limit(MAX_SUSPECTS)
                        .toList(),
                answer.notes());
    }
}

package dev.stemma.queries.drift;

import dev.stemma.queries.drift.rules.DriftRules;
import dev.stemma.queries.drift.system.SystemComparison;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;

/**
 * Puts the changes of one comparison into an order: which one to look at first when something stopped working. By rules that people can read and change,
 * as in {@code drift-rules.yaml}; nothing is learned, and nothing is known of what stopped.
 */
final class SuspectRanking {

    private static final Comparator<Suspect> HEAVIEST_FIRST = Comparator.<Suspect>comparingDouble(
                    suspect -> -suspect.weight())
            .thenComparing(suspect -> -suspect.reasons().size())
            .thenComparing(suspect -> -suspect.paths())
            .thenComparing(Suspect::what, Comparator.reverseOrder())
            .thenComparing(Suspect::name)
            .thenComparing(Suspect::change);

    private SuspectRanking() {}

    static Ranking of(
            DriftRules rules,
            PackageComparison packages,
            SystemComparison system,
            List<String> expired,
            List<JudgedFiles.Judged> files) {
        Set<String> services = system.services();
        List<Suspect> suspects = new ArrayList<>();
        PackageSuspects ofPackages = new PackageSuspects(rules, services);
        packages.drift().changes().forEach(change -> suspects.add(ofPackages.of(change)));
        SystemSuspects ofSystem = new SystemSuspects(rules);
        system.drift().changes().forEach(change -> suspects.add(ofSystem.of(change)));
        expired.forEach(certificate -> suspects.add(ofSystem.expired(certificate)));
        suspects.addAll(new FileSuspects(rules, packages, services).of(files));
        suspects.removeIf(suspect -> suspect.weight() <= 0);
        suspects.sort(HEAVIEST_FIRST);
        List<Suspect> first = suspects.stream().limit(Ranking.MAX_SUSPECTS).toList();
        return new Ranking("drift-rules/" + rules.version(), first, suspects.size() - (long) first.size());
    }
}

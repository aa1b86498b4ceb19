package dev.stemma.ingest.analyze;

import dev.stemma.graph.model.GuestFact;
import dev.stemma.graph.model.InstalledPackage;
import dev.stemma.graph.model.Observation;
import dev.stemma.graph.model.OperatingSystem;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What analyzers found in one guest.
 *
 * @param operatingSystem empty when nothing says what it is
 * @param packages in the order of their purls
 * @param observations what they could not do
 * @param analyzers those that were asked, sorted: {@code dpkg/1}
 * @param facts how it boots, who it is, what it runs, in the order found
 */
public record Findings(
        Optional<OperatingSystem> operatingSystem,
        List<InstalledPackage> packages,
        List<Observation> observations,
        List<String> analyzers,
        List<GuestFact> facts) {

    /** Nothing yet. */
    public static final Findings NONE = new Findings(Optional.empty(), List.of(), List.of(), List.of());

    public Findings {
        packages = List.copyOf(packages);
        observations = List.copyOf(observations);
        analyzers = List.copyOf(analyzers);
        facts = List.copyOf(facts);
    }

    /** Without facts on the machine. */
    public Findings(
            Optional<OperatingSystem> operatingSystem,
            List<InstalledPackage> packages,
            List<Observation> observations,
            List<String> analyzers) {
        this(operatingSystem, packages, observations, analyzers, List.of());
    }

    /** An operating system alone. */
    public static Findings of(OperatingSystem operatingSystem, List<Observation> observations) {
        return new Findings(Optional.of(operatingSystem), List.of(), observations, List.of());
    }

    /** Observations alone. */
    public static Findings of(List<Observation> observations) {
        return new Findings(Optional.empty(), List.of(), observations, List.of());
    }

    /** Both together; a later operating system takes the place of an earlier one. */
    public Findings and(Findings more) {
        return new Findings(
                more.operatingSystem.or(() -> operatingSystem),
                joined(packages, more.packages),
                joined(observations, more.observations),
                joined(analyzers, more.analyzers).stream().sorted().distinct().toList(),
                joined(facts, more.facts));
    }

    private static <T> List<T> joined(List<T> first, List<T> second) {
        List<T> all = new ArrayList<>(first);
        all.addAll(second);
        return all;
    }
}

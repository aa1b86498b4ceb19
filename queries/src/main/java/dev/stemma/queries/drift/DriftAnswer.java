package dev.stemma.queries.drift;

import dev.stemma.queries.drift.system.SystemDrift;
import dev.stemma.queries.page.Page;
import java.util.List;
import java.util.Optional;

/**
 * What differs between two inventories, from the older to the newer side.
 *
 * @param baseline how the older side was found; empty when it was named
 * @param same whether both are the same inventory, so that nothing differs
 * @param packages empty when it was not asked for
 * @param files empty when it was not asked for, or a side has no files, which the notes say
 * @param configuration a page of the changes among configuration, as texts; empty when it was not asked for. {@code files} counts these then
 * @param system what differs in what the machine is; empty when it was not asked for
 * @param ranking which changes to look at first; empty unless packages, files and the system were compared
 * @param notes what to know about the answer: levels that differ, file systems without a partner, bounds that were met
 */
public record DriftAnswer(
        Side from,
        Side to,
        Optional<Baseline> baseline,
        boolean same,
        Optional<PackageDrift> packages,
        Optional<FileDrift> files,
        Optional<Page<ConfigurationChange>> configuration,
        Optional<SystemDrift> system,
        Optional<Ranking> ranking,
        List<String> notes) {

    public DriftAnswer {
        notes = List.copyOf(notes);
    }
}

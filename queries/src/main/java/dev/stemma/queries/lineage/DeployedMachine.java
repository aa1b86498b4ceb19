package dev.stemma.queries.lineage;

import dev.stemma.graph.store.Row;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A machine that an image was deployed to.
 *
 * @param kind {@code VIRTUAL} or {@code PHYSICAL}
 * @param powerState as its repository says
 * @param since when it was deployed there
 * @param branch {@code web:1.2.3}, the number that was opened; empty for an image that derives from no version
 */
public record DeployedMachine(
        String id,
        String name,
        Optional<String> kind,
        Optional<String> powerState,
        Optional<Instant> since,
        Optional<String> branch) {

    /** Machines told of one image, by name. */
    public static final int MAX = 50;

    /** From a column of maps. */
    public static List<DeployedMachine> of(List<Row> rows) {
        return rows.stream()
                .map(row -> new DeployedMachine(
                        row.text("id"),
                        row.findText("name").orElse(row.text("id")),
                        row.findText("kind"),
                        row.findText("powerState"),
                        row.findInstant("since"),
                        row.findText("branch")))
                .toList();
    }
}

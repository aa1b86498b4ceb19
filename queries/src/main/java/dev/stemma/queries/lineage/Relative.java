package dev.stemma.queries.lineage;

import dev.stemma.graph.store.Row;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * An image of a family tree. As of a past moment it is as it was then; what is not known of then is empty.
 *
 * @param name as it is now; of a version as of a past moment that which its place gave it
 * @param state {@code ACTIVE}, {@code DEPRECATED}, …; empty as of a past moment for what is no version, since when a file was
 *     missing is not kept
 * @param modifiedAt when its file last changed; empty as of a moment before that
 * @param inventoryId the current one
 * @param distance fewest derivations from the image asked about: negative for ancestors, positive for descendants, 0 for itself
 * @param place its version or branch number; empty outside of all chains
 * @param repositoryKind {@code REFERENCE} or {@code OPERATIONAL}
 * @param machines that it was deployed to, at most {@value DeployedMachine#MAX}
 * @param warnings at most {@value Warning#MAX}
 */
public record Relative(
        String imageId,
        String name,
        String location,
        Optional<String> format,
        Optional<String> state,
        Optional<Instant> modifiedAt,
        Optional<String> inventoryId,
        int distance,
        Optional<Place> place,
        Optional<String> repositoryKind,
        List<DeployedMachine> machines,
        List<Warning> warnings) {

    public Relative {
        machines = List.copyOf(machines);
        warnings = List.copyOf(warnings);
    }

    /** Whether it has an inventory. */
    public boolean indexed() {
        return inventoryId.isPresent();
    }

    /** As people would call it: {@code web:1.2}, {@code web:1.2.3}, or its name. */
    public String title() {
        return place.map(Place::reference).orElse(name);
    }

    static Relative of(Row row, int distance, List<Warning> warnings) {
        return new Relative(
                row.text("id"),
                row.text("name"),
                row.text("location"),
                row.findText("format"),
                row.findText("state"),
                row.findInstant("modifiedAt"),
                row.findText("inventoryId"),
                distance,
                Place.of(row),
                row.findText("repositoryKind"),
                DeployedMachine.of(row.rows("machines")),
                warnings);
    }
}

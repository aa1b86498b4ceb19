package dev.stemma.queries.inventory;

import dev.stemma.graph.model.ContentSummary;
import dev.stemma.graph.model.Inventory;
import dev.stemma.graph.model.Level;
import dev.stemma.graph.model.Observation;
import dev.stemma.graph.model.OperatingSystem;
import dev.stemma.graph.store.Row;
import java.util.Optional;

/** Rows of the graph as records of this room. */
final class ImageRows {

    private ImageRows() {}

    static ImageFacts image(Row row) {
        return new ImageFacts(
                row.text("id"),
                row.text("name"),
                row.findText("description"),
                row.findText("format"),
                row.text("location"),
                row.findNumber("virtualBytes"),
                row.findNumber("allocatedBytes"),
                row.findInstant("modifiedAt"),
                row.findText("state"),
                row.findInstant("registeredAt"),
                row.findText("repositoryId")
                        .map(id -> new ImageFacts.RepositoryFacts(
                                id,
                                row.findText("repositoryName").orElse(id),
                                row.findText("repositoryKind").orElse("OPERATIONAL"))));
    }

    static InventoryFacts inventory(Row row) {
        return new InventoryFacts(
                row.text("id"),
                Level.parse(row.text("level")),
                row.number("sequence"),
                row.findText("manifest"),
                new Inventory.Counts(number(row, "entries"), number(row, "files"), number(row, "fileBytes")),
                number(row, "packages"),
                row.texts("analyzers"),
                row.findInstant("committedAt"),
                row.findInstant("observedAt"),
                row.findInstant("until"));
    }

    static OperatingSystem system(Row row) {
        return new OperatingSystem(
                row.text("distribution"),
                row.findText("version"),
                row.findText("patchLevel"),
                row.findText("prettyName"),
                row.findText("architecture"));
    }

    static Observation observation(Row row) {
        return new Observation(
                row.text("code"),
                Observation.Severity.valueOf(row.text("severity")),
                row.findText("where").orElse(""),
                row.findText("message").orElse(""),
                row.findText("remedy"),
                row.findText("by").orElse(""));
    }

    static ImageView.Kin kin(Row row) {
        return new ImageView.Kin(
                row.text("id"),
                row.text("name"),
                row.findText("state"),
                row.findText("kind").orElse("copy"),
                row.text("basis"),
                row.find("confidence").map(value -> ((Number) value).doubleValue()));
    }

    static PackageFacts installed(Row row) {
        return new PackageFacts(
                row.text("purl"),
                row.text("ecosystem"),
                row.text("name"),
                row.text("version"),
                row.findText("architecture").orElse(""),
                row.findText("state").orElse(""),
                row.flag("held"),
                row.flag("present"),
                row.findText("source"),
                row.texts("locations"));
    }

    static PathFacts.Owner owner(Row row) {
        return new PathFacts.Owner(row.text("purl"), row.text("name"), row.text("version"), row.flag("configuration"));
    }

    static Reference reference(Row row) {
        return new Reference(row.text("imageId"), row.text("imageName"), row.findText("inventoryId"));
    }

    /** A count; what was never written counts as 0. */
    private static long number(Row row, String column) {
        Optional<Long> value = row.findNumber(column);
        return value.orElse(0L);
    }

    static ContentSummary summary(Row row) {
        return new ContentSummary(
                row.text("mimeType"),
                row.findText("buildId"),
                row.texts("libraries"),
                row.findText("libraryName"),
                row.findText("interpreter"));
    }
}

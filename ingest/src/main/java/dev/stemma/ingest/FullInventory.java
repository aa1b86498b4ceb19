package dev.stemma.ingest;

import dev.stemma.graph.id.Digest;
import dev.stemma.graph.model.Inventory;
import dev.stemma.graph.model.Level;
import dev.stemma.graph.model.Observation;
import dev.stemma.graph.store.Row;
import dev.stemma.ingest.emit.InventoryEmitter;
import dev.stemma.ingest.image.ImageFacts;
import dev.stemma.ingest.problem.ImageProblem;
import java.util.List;
import java.util.Optional;

/** The rule that a basic run takes nothing away: a full inventory of an unchanged file stays. Stateless. */
final class FullInventory {

    private final InventoryEmitter emitter;

    FullInventory(InventoryEmitter emitter) {
        this.emitter = emitter;
    }

    /** The outcome of a basic run that has nothing to do; empty when there is something. */
    Optional<IngestOutcome> keep(IngestRequest request, ImageFacts facts, Meter meter) throws ImageProblem {
        if (request.level() == Level.FULL) {
            return Optional.empty();
        }
        List<Row> rows = emitter.current(facts.location().toString());
        if (rows.isEmpty() || !unchangedAndFull(rows.getFirst(), facts)) {
            return Optional.empty();
        }
        Row row = rows.getFirst();
        return Optional.of(new IngestOutcome(
                row.text("image"),
                row.text("name"),
                facts,
                Digest.parse(row.text("inventory")),
                Level.FULL,
                true,
                true,
                reading(row.texts("severities"), row.flag("rooted")),
                new Inventory.Counts(row.number("entries"), row.number("files"), row.number("fileBytes")),
                row.number("packages"),
                0,
                0,
                Optional.empty(),
                Optional.empty(),
                List.of(),
                meter.finish()));
    }

    private static boolean unchangedAndFull(Row row, ImageFacts facts) {
        return row.findText("level").equals(Optional.of(Level.FULL.word()))
                && row.findInstant("modifiedAt").equals(Optional.of(facts.modifiedAt()))
                && row.number("allocatedBytes") == facts.allocatedBytes()
                && row.number("virtualBytes") == facts.virtualBytes();
    }

    private static IngestOutcome.Reading reading(List<String> severities, boolean rooted) {
        if (!rooted) {
            return IngestOutcome.Reading.NOTHING;
        }
        boolean whole = severities.stream().allMatch(Observation.Severity.NOTE.name()::equals);
        return whole ? IngestOutcome.Reading.WHOLE : IngestOutcome.Reading.PARTIAL;
    }
}

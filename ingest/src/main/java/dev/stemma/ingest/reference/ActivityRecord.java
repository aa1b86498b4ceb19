package dev.stemma.ingest.reference;

import dev.stemma.graph.store.Graph;
import dev.stemma.graph.store.Statement;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;

/** Who did what to the reference repository, written in the transaction that does it. Used once. */
final class ActivityRecord {

    private static final Statement AGENT = Statement.named(ActivityRecord.class, "emit/agent.cypher");
    private static final Statement CHANGED = Statement.named(ActivityRecord.class, "reference/changed.cypher");

    final String id;
    final ZonedDateTime now = ZonedDateTime.now(ZoneOffset.UTC);

    ActivityRecord() {
        this("act-" + UUID.randomUUID());
    }

    /** @param id by which it is known whether it has been done */
    ActivityRecord(String id) {
        this.id = id;
    }

    /** That a version was changed from something to something. */
    void changed(Graph.Transaction transaction, String imageId, String kind, String from, String to, String message) {
        changed(transaction, imageId, kind, from, to, message, "{}");
    }

    /**
     * The same.
     *
     * @param details how it was done, as JSON
     */
    void changed(
            Graph.Transaction transaction,
            String imageId,
            String kind,
            String from,
            String to,
            String message,
            String details) {
        Map<String, Object> parameters = new HashMap<>();
        parameters.put("image", imageId);
        parameters.put("activity", id);
        parameters.put("kind", kind);
        parameters.put("from", from);
        parameters.put("to", to);
        parameters.put("message", message);
        parameters.put("parameters", details);
        parameters.put("now", now);
        transaction.run(CHANGED.with(parameters));
    }

    /** That Stemma did it for somebody; after the activity itself. */
    void by(Graph.Transaction transaction, String person) {
        agent(transaction, "software:stemma", "Stemma", "software");
        agent(transaction, "person:" + person, person, "person");
    }

    private void agent(Graph.Transaction transaction, String agent, String name, String kind) {
        transaction.run(AGENT.with(Map.of("activity", id, "id", agent, "name", name, "kind", kind)));
    }
}

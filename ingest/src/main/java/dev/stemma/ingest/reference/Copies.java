package dev.stemma.ingest.reference;

import dev.stemma.graph.store.Graph;
import dev.stemma.graph.store.Row;
import dev.stemma.graph.store.Statement;
import dev.stemma.ingest.emit.ImageFile;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Copies of images in the graph (row V15). Each call is one transaction. Safe for use by several threads. */
public final class Copies {

    private static final Statement COPY = VersionChains.named("copy");
    private static final Statement MADE = VersionChains.named("copy-made");

    private final Graph graph;

    public Copies(Graph graph) {
        this.graph = graph;
    }

    /**
     * A copy that is recorded.
     *
     * @param branch {@code web:1.2.3}; empty for an image that derives from no version
     */
    public record Copy(String imageId, String name, Optional<String> branch) {}

    /**
     * What is copied.
     *
     * @param imageId of the image that was copied
     * @param inventory of that image, if what it held when it was copied is known
     * @param request by which {@link #made} knows it again
     * @param message why; may be empty
     */
    public record Source(
            String imageId, Optional<String> inventory, String request, String agent, String message, Instant since) {}

    /** The copy that was recorded for a request, if it has come to that. */
    public Optional<Copy> made(String request) {
        return graph.read(MADE.with(Map.of("activity", activity(request)))).stream()
                .findFirst()
                .map(row -> new Copy(row.text("image"), row.text("name"), row.findText("branch")));
    }

    private static String activity(String request) {
        return "act-" + request;
    }

    /** A file is a copy, complete and durable: the graph knows it from now on. Whatever lay there before is told apart from it. */
    public Copy copied(Source source, ImageFile file) {
        ActivityRecord activity = new ActivityRecord(activity(source.request()));
        return graph.writing(transaction -> {
            Row image = file.registerAnew(transaction, activity.now, activity.id);
            Map<String, Object> values = new HashMap<>();
            values.put("source", source.imageId());
            values.put("image", image.text("id"));
            values.put("activity", activity.id);
            values.put("inventory", source.inventory());
            values.put("startedAt", source.since().atZone(ZoneOffset.UTC));
            values.put("now", activity.now);
            values.put("message", source.message());
            values.put("parameters", "{}");
            transaction.run(COPY.with(values));
            Optional<OpenedBranch> branch =
                    OpenedBranch.open(transaction, source.imageId(), image.text("id"), activity.now);
            activity.by(transaction, source.agent());
            return new Copy(image.text("id"), image.text("name"), branch.map(OpenedBranch::reference));
        });
    }
}

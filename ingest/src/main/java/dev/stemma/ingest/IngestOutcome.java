package dev.stemma.ingest;

import dev.stemma.graph.id.Digest;
import dev.stemma.graph.model.Inventory;
import dev.stemma.graph.model.Level;
import dev.stemma.graph.model.Observation;
import dev.stemma.ingest.image.ImageFacts;
import dev.stemma.ingest.reference.CheckIn;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What an index run left in the graph.
 *
 * @param imageId id of the image
 * @param imageName its name
 * @param facts of its file, when it was opened
 * @param inventory id of its current inventory
 * @param level of that inventory
 * @param known whether the graph had that inventory before: an equal copy, or nothing has changed
 * @param current whether the image had it as its current inventory before
 * @param reading how much of the image could be read
 * @param packages how many packages are there, removed ones of which settings are left not counted
 * @param nodes that the graph grew by
 * @param relationships that the graph grew by
 * @param takenOver what was not read, because an indexed parent has it; empty where everything was read
 * @param kept what the store has of it now; empty where none was to keep it
 * @param observations what a person must know; empty when everything was read and nothing is odd
 * @param stages time spent in each stage
 */
public record IngestOutcome(
        String imageId,
        String imageName,
        ImageFacts facts,
        Digest inventory,
        Level level,
        boolean known,
        boolean current,
        Reading reading,
        Inventory.Counts counts,
        long packages,
        long nodes,
        long relationships,
        Optional<TakenOver> takenOver,
        Optional<Kept> kept,
        List<Observation> observations,
        Map<Stage, Duration> stages) {

    public IngestOutcome {
        observations = List.copyOf(observations);
        stages = Map.copyOf(stages);
    }

    /**
     * Files whose digests are those of the image's parent, told without reading their contents; names are counted, as in
     * {@link Inventory.Counts}.
     *
     * @param from where the parent lies, which may be the image itself
     */
    public record TakenOver(Path from, long files, long fileBytes) {}

    /**
     * An image that is in the store.
     *
     * @param image digest of its image manifest
     * @param added what it brought there that was new
     */
    public record Kept(Digest image, CheckIn.Added added) {}

    /** How much of an image could be read. */
    public enum Reading {
        /** All of it. */
        WHOLE,
        /** Some entries, or a whole file system, are missing; observations say which. */
        PARTIAL,
        /** No file system at all. The image is not empty: Stemma could not look inside. */
        NOTHING
    }

    /** The whole run. */
    public Duration duration() {
        return stages.values().stream().reduce(Duration.ZERO, Duration::plus);
    }
}

package dev.stemma.ingest.reference;

import dev.stemma.graph.store.Graph;
import dev.stemma.graph.store.Row;
import dev.stemma.graph.store.Statement;
import dev.stemma.ingest.reference.ReferenceProblem.Code;
import java.time.ZonedDateTime;
import java.util.Map;
import java.util.Optional;

/**
 * A number that was given to a use of a version, or of something that derives from it.
 *
 * @param reference {@code web:1.2.3}
 * @param version {@code web:1.2}
 * @param itself whether the version itself was used
 */
record OpenedBranch(String reference, String version, boolean itself, VersionState state, boolean collected) {

    private static final Statement ABOVE = VersionChains.named("version-above");
    private static final Statement OPEN = VersionChains.named("open-branch");

    /**
     * Opens the next branch of the version that an image is, or derives from; empty where there is none.
     *
     * @param use id of the image or machine that was made
     */
    static Optional<OpenedBranch> open(Graph.Transaction transaction, String imageId, String use, ZonedDateTime now) {
        Optional<Row> above =
                transaction.run(ABOVE.with(Map.of("image", imageId))).stream().findFirst();
        if (above.isEmpty()) {
            return Optional.empty();
        }
        Row version = above.get();
        Row opened = transaction
                .run(OPEN.with(Map.of("version", version.text("version"), "use", use, "now", now)))
                .getFirst();
        String reference = version.text("chain") + ":" + version.text("number");
        return Optional.of(new OpenedBranch(
                reference + "." + opened.number("number"),
                reference,
                version.number("steps") == 0,
                VersionState.valueOf(opened.text("state")),
                opened.flag("collected")));
    }

    /** @throws ReferenceProblem when the version is not to be used */
    void requireUsable() {
        if (collected || !state.usable()) {
            throw new ReferenceProblem(
                    Code.STATE_NOT_ALLOWED,
                    version + " is " + state.word() + " and not to be used",
                    "See: stemma history " + version + ". What was deployed all the same is recorded with --force.");
        }
    }
}

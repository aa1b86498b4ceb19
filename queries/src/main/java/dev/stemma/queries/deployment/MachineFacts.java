package dev.stemma.queries.deployment;

import dev.stemma.graph.store.Row;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A machine that is recorded.
 *
 * @param id {@code mac-…}
 * @param kind {@code VIRTUAL} or {@code PHYSICAL}
 * @param state {@code ACTIVE} or {@code RETIRED}
 * @param registeredAt when it was first told of
 * @param runs what it runs and ran, latest first, at most {@value #MAX_LISTED}
 * @param captures what was taken of it, latest first, at most {@value #MAX_LISTED}
 */
public record MachineFacts(
        String id,
        String name,
        Optional<String> kind,
        String state,
        Optional<Instant> registeredAt,
        List<Run> runs,
        List<Capture> captures) {

    /** See {@link #runs} and {@link #captures}. */
    public static final int MAX_LISTED = 100;

    public MachineFacts {
        runs = List.copyOf(runs);
        captures = List.copyOf(captures);
    }

    /**
     * That it runs, or ran, an image.
     *
     * @param name {@code web:1.2} of a version, else the image's name
     * @param branch {@code web:1.2.3}, the number that was opened; empty for an image that derives from no version
     * @param until empty while it runs
     */
    public record Run(
            String imageId, String name, Optional<String> branch, Optional<Instant> since, Optional<Instant> until) {}

    /**
     * That an image was taken of it.
     *
     * @param versions that the image was checked in as, as they are called now
     */
    public record Capture(String imageId, String name, Optional<Instant> capturedAt, List<String> versions) {
        public Capture {
            versions = List.copyOf(versions);
        }
    }

    /** What it runs; empty when it is retired. */
    public Optional<Run> running() {
        return runs.stream().filter(run -> run.until().isEmpty()).findFirst();
    }

    static MachineFacts of(Row row) {
        return new MachineFacts(
                row.text("id"),
                row.text("name"),
                row.findText("kind"),
                row.findText("state").orElse("ACTIVE"),
                row.findInstant("registeredAt"),
                row.rows("runs").stream()
                        .map(run -> new Run(
                                run.text("imageId"),
                                run.text("name"),
                                run.findText("branch"),
                                run.findInstant("since"),
                                run.findInstant("until")))
                        .toList(),
                row.rows("captures").stream()
                        .map(capture -> new Capture(
                                capture.text("imageId"),
                                capture.text("name"),
                                capture.findInstant("capturedAt"),
                                capture.texts("versions")))
                        .toList());
    }
}

package dev.stemma.queries.lineage;

import dev.stemma.graph.store.Row;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Something that happened to an image or was done with it.
 *
 * @param kind {@code index}, {@code check-in}, {@code check-out}, {@code copy}, {@code capture}, {@code deployment}, {@code move},
 *     {@code promote}, {@code deprecate}, {@code revoke}, {@code restore}, {@code delete}, …
 * @param endedAt when it took effect
 * @param agents who or what did it, people first, at most {@value #MAX_SUBJECTS}
 * @param message why, in the words of who did it; empty where nothing was said
 * @param parameters JSON
 * @param used what it started from, at most {@value #MAX_SUBJECTS}
 * @param made what came of it, at most {@value #MAX_SUBJECTS}
 * @param changed what it changed, at most {@value #MAX_SUBJECTS}
 */
public record Activity(
        String id,
        String kind,
        Optional<Instant> startedAt,
        Instant endedAt,
        List<String> agents,
        Optional<String> message,
        Optional<String> parameters,
        List<Subject> used,
        List<Subject> made,
        List<Change> changed) {

    /** See {@link #used}. */
    public static final int MAX_SUBJECTS = 50;

    public Activity {
        agents = List.copyOf(agents);
        used = List.copyOf(used);
        made = List.copyOf(made);
        changed = List.copyOf(changed);
    }

    /**
     * What an activity used or made.
     *
     * @param kind {@code Image}, {@code Inventory} or {@code Machine}
     * @param name its id, where it has none
     */
    public record Subject(String id, String name, String kind) {}

    /**
     * What an activity changed of an image.
     *
     * @param from the state, place or channel's version before; empty where there was none
     * @param to after it
     */
    public record Change(String imageId, String name, String from, String to) {}

    static Activity of(Row row) {
        return new Activity(
                row.text("id"),
                row.text("kind"),
                row.findInstant("startedAt"),
                row.findInstant("endedAt").orElseThrow(),
                row.texts("agents"),
                row.findText("message").filter(text -> !text.isEmpty()),
                row.findText("parameters"),
                subjects(row, "used"),
                subjects(row, "made"),
                row.rows("changed").stream()
                        .map(each -> new Change(
                                each.text("id"),
                                each.findText("name").orElse(each.text("id")),
                                each.findText("from").orElse(""),
                                each.findText("to").orElse("")))
                        .toList());
    }

    private static List<Subject> subjects(Row row, String column) {
        return row.rows(column).stream()
                .map(each ->
                        new Subject(each.text("id"), each.findText("name").orElse(each.text("id")), each.text("label")))
                .toList();
    }
}

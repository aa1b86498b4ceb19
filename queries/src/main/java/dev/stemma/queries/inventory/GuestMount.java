package dev.stemma.queries.inventory;

import dev.stemma.graph.model.GuestPath;
import dev.stemma.graph.store.Row;
import java.util.Comparator;
import java.util.List;

/**
 * A place where a system on an image has a file system mounted.
 *
 * @param guest which of the systems, from 0
 */
public record GuestMount(int guest, GuestPath path) implements Comparable<GuestMount> {

    private static final Comparator<GuestMount> ORDER = Comparator.comparingInt(GuestMount::guest)
            .thenComparing(mount -> mount.path().depth())
            .thenComparing(GuestMount::path);

    /** Those of a row's column {@code mounts}, which has a number and a path in each text; the one to show first stands first. */
    public static List<GuestMount> of(Row row) {
        return row.texts("mounts").stream()
                .map(text -> new GuestMount(
                        Integer.parseInt(text.substring(0, text.indexOf(' '))),
                        GuestPath.parse(text.substring(text.indexOf(' ') + 1))))
                .sorted()
                .toList();
    }

    @Override
    public int compareTo(GuestMount other) {
        return ORDER.compare(this, other);
    }
}

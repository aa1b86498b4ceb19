package dev.stemma.queries.search;

import dev.stemma.graph.model.GuestPath;
import dev.stemma.graph.store.Row;
import dev.stemma.queries.inventory.GuestMount;
import java.util.List;

/**
 * A root directory in its place in an image.
 *
 * @param mounts where systems on the image have it mounted; the one to show first stands first
 */
record Holder(
        String root, String selector, String inventoryId, String imageId, String imageName, List<GuestMount> mounts) {

    Holder {
        mounts = List.copyOf(mounts);
    }

    /** Of a row of a root directory with its place. */
    static Holder of(Row row) {
        return new Holder(
                row.text("root"),
                row.number("volumeIndex") + ":" + row.number("number"),
                row.text("inventoryId"),
                row.text("imageId"),
                row.text("imageName"),
                GuestMount.of(row));
    }

    /** A path of this file system as its system shows it; as it is, where none has it mounted. */
    String shown(GuestPath path) {
        return mounts.isEmpty()
                ? path.escaped()
                : mounts.getFirst().path().below(path).escaped();
    }
}

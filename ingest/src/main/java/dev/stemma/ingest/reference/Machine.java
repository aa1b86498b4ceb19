package dev.stemma.ingest.reference;

import dev.stemma.graph.store.Row;
import java.util.Optional;

/**
 * A machine that is recorded.
 *
 * @param id {@code mac-} and 20 hexadecimal digits
 * @param retired whether it is no more
 * @param imageId of the image that it runs, or ran last
 * @param imageLocation where that lies
 */
public record Machine(String id, String name, Kind kind, boolean retired, String imageId, String imageLocation) {

    /** What it is made of. */
    public enum Kind {
        /** Made by a hypervisor. */
        VIRTUAL,
        /** Made of metal. */
        PHYSICAL
    }

    static Optional<Machine> of(Row row) {
        return row.findText("image")
                .map(image -> new Machine(
                        row.text("machine"),
                        row.text("name"),
                        Kind.valueOf(row.text("kind")),
                        row.text("state").equals("RETIRED"),
                        image,
                        row.text("location")));
    }
}

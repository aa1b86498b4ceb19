package dev.stemma.queries.inventory;

import dev.stemma.queries.page.Page;
import java.util.List;

/**
 * A directory of an image.
 *
 * @param path the path asked for
 * @param resolved where it really lies, links followed inside the guest
 * @param fileSystem selector of the file system: {@code 0:1}
 * @param notes what to know about the answer, such as that a default file system was chosen
 * @param entries sorted by name; a path that is no directory gives its one entry
 */
public record Listing(String path, String resolved, String fileSystem, List<String> notes, Page<EntryFacts> entries) {

    public Listing {
        notes = List.copyOf(notes);
    }
}

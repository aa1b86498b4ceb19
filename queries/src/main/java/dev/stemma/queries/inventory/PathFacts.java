package dev.stemma.queries.inventory;

import dev.stemma.graph.model.ContentSummary;
import java.util.List;
import java.util.Optional;

/**
 * One path of an image.
 *
 * @param path the path asked for
 * @param resolved where it really lies, links on the way followed inside the guest; a link at its very end is not followed
 * @param fileSystem selector of the file system: {@code 0:1}
 * @param owners packages that brought this path, by purl; several for shared directories, none for what people put there
 * @param summary what its content says of itself, when it is a program, a library or a script
 * @param notes what to know about the answer
 */
public record PathFacts(
        String path,
        String resolved,
        String fileSystem,
        EntryFacts entry,
        List<Owner> owners,
        Optional<ContentSummary> summary,
        List<String> notes) {

    public PathFacts {
        owners = List.copyOf(owners);
        notes = List.copyOf(notes);
    }

    /**
     * A package that brought the path.
     *
     * @param configuration whether the package manager treats it as configuration
     */
    public record Owner(String purl, String name, String version, boolean configuration) {}
}

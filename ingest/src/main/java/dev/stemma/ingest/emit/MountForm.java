package dev.stemma.ingest.emit;

import dev.stemma.graph.model.FileSystem;
import dev.stemma.graph.model.Mount;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A mount as a row for the graph. Stateless. */
final class MountForm {

    /** An index key holds 8,167 bytes; a path as long as that is no mount point of anybody's. */
    private static final int MAX_PATH_CHARACTERS = 4_096;

    private MountForm() {}

    /** Empty where the file system is not among the parts. */
    static Optional<Map<String, Object>> of(Mount mount, List<List<RootedPart>> parts) {
        String path = mount.path().escaped();
        if (mount.volume() >= parts.size() || path.length() > MAX_PATH_CHARACTERS) {
            return Optional.empty();
        }
        return parts.get(mount.volume()).stream()
                .filter(part -> part.part().partition().number() == mount.partition())
                .findFirst()
                .flatMap(part -> part.part().fileSystem().map(facts -> row(mount, path, facts, part)));
    }

    private static Map<String, Object> row(Mount mount, String path, FileSystem facts, RootedPart part) {
        return Map.of(
                "system",
                InventoryDigests.of(facts, part).hex(),
                "path",
                path,
                "guest",
                mount.guest(),
                "volume",
                mount.volume(),
                "partition",
                mount.partition());
    }
}

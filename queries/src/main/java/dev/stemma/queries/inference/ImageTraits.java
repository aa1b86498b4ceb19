package dev.stemma.queries.inference;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What of one image is held against others to tell who was made from whom. Whatever is not known is empty, and says nothing.
 *
 * @param imageId id of the image
 * @param name as people know it
 * @param fileSystems UUIDs of its file systems that hold data, with the time when each was made, where that is kept
 * @param packages by {@code ecosystem/name/architecture}
 * @param identityKnown whether it was looked for a machine id
 * @param machineId that of its first system; empty where none is set
 * @param hostKeys fingerprints of its SSH host keys
 * @param own files in places where systems, and not packages, write
 * @param system files everywhere else
 * @param logs package operations as its logs tell them, by the log's path: oldest first, each a hash of its line
 */
public record ImageTraits(
        String imageId,
        String name,
        Map<String, Optional<Instant>> fileSystems,
        Map<String, PackageMark> packages,
        boolean identityKnown,
        Optional<String> machineId,
        Set<String> hostKeys,
        FileTable own,
        FileTable system,
        Map<String, List<Long>> logs) {

    public ImageTraits {
        fileSystems = Map.copyOf(fileSystems);
        packages = Map.copyOf(packages);
        hostKeys = Set.copyOf(hostKeys);
        logs = Map.copyOf(logs);
    }

    /**
     * A package of an image.
     *
     * @param ecosystem the type of its package URL
     * @param version of the package, or of what was left of it
     * @param present false when it was removed and left its configuration
     */
    public record PackageMark(String ecosystem, String version, boolean present) {}

    /** Whether there is anything to compare it by. */
    public boolean empty() {
        return packages.isEmpty() && own.size() == 0 && system.size() == 0;
    }
}

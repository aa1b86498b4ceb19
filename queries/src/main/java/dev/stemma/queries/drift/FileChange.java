package dev.stemma.queries.drift;

import dev.stemma.queries.inventory.EntryFacts;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A path that is not the same on both sides.
 *
 * @param fileSystem selector on the newer side, or on the older one where the newer has none
 * @param path escaped form, as the system shows it; in its file system where that is not mounted
 * @param from the entry on the older side; empty when it was added
 * @param to the entry on the newer side; empty when it was removed
 * @param aspects what differs, when it is on both sides
 * @param owners packages that brought the path, as purls of the newer side, or of the older side for what was removed;
 *     empty for what no package brought
 * @param noise name of the rule by which it is noise; empty for all else
 */
public record FileChange(
        Kind kind,
        String fileSystem,
        String path,
        Optional<EntryFacts> from,
        Optional<EntryFacts> to,
        Set<Aspect> aspects,
        List<String> owners,
        Optional<String> noise) {

    public FileChange {
        aspects = Set.copyOf(aspects);
        owners = List.copyOf(owners);
    }

    /** What happened to it. */
    public enum Kind {
        ADDED,
        REMOVED,
        CHANGED
    }

    /** What can differ. */
    public enum Aspect {
        /** File against directory, link against file. */
        KIND,
        CONTENT,
        MODE,
        /** User or group. */
        OWNER,
        /** A link's target. */
        TARGET,
        /** A device's numbers. */
        DEVICE,
        XATTRS
    }

    /** Whether a program came to be there: a file with an execute bit that is new, or has another content or mode. */
    boolean program() {
        return to.filter(entry -> entry.kind().equals("file") && (entry.mode() & 0111) != 0)
                        .isPresent()
                && kind != Kind.REMOVED
                && (kind == Kind.ADDED
                        || aspects.contains(Aspect.CONTENT)
                        || aspects.contains(Aspect.MODE)
                        || aspects.contains(Aspect.KIND));
    }

    /** The same with its owners and the rule by which it is noise. */
    FileChange known(List<String> packages, Optional<String> rule) {
        return new FileChange(kind, fileSystem, path, from, to, aspects, packages, rule);
    }
}

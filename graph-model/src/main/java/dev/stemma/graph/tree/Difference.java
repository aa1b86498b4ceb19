package dev.stemma.graph.tree;

import dev.stemma.graph.model.GuestPath;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/**
 * One entry that two trees do not have in common.
 *
 * @param before in the first tree; empty when the second added it
 * @param after in the second tree; empty when the second removed it
 */
public record Difference(GuestPath path, Optional<TreeEntry> before, Optional<TreeEntry> after) {

    public Difference {
        if (before.isEmpty() && after.isEmpty()) {
            throw new IllegalArgumentException("an entry in neither tree: " + path.escaped());
        }
    }

    /** What became of an entry. */
    public enum Change {
        ADDED,
        REMOVED,
        CHANGED
    }

    /** What of an entry changed. */
    public enum Aspect {
        /** A file became a link, a directory a file, … */
        KIND,
        /** The content of a file, the target of a link, the numbers of a device. */
        CONTENT,
        /** Permission, set-id or sticky bits. */
        MODE,
        /** User or group. */
        OWNER,
        /** Extended attributes, ACLs among them. */
        XATTRS
    }

    /** What became of it. */
    public Change change() {
        return before.isEmpty() ? Change.ADDED : after.isEmpty() ? Change.REMOVED : Change.CHANGED;
    }

    /** What changed; empty for what was added or removed. */
    public Set<Aspect> aspects() {
        return before.isEmpty() || after.isEmpty() ? Set.of() : aspects(before.get(), after.get());
    }

    /** What differs in the entries themselves; what lies below two directories is not looked at. */
    static Set<Aspect> aspects(TreeEntry before, TreeEntry after) {
        EnumSet<Aspect> aspects = EnumSet.noneOf(Aspect.class);
        if (!before.child().sameKind(after.child())) {
            aspects.add(Aspect.KIND);
        } else if (!(before.child() instanceof Child.Directory)
                && !before.child().nodeId().equals(after.child().nodeId())) {
            aspects.add(Aspect.CONTENT);
        }
        if (before.mode() != after.mode()) {
            aspects.add(Aspect.MODE);
        }
        if (before.uid() != after.uid() || before.gid() != after.gid()) {
            aspects.add(Aspect.OWNER);
        }
        if (!before.xattrs().equals(after.xattrs())) {
            aspects.add(Aspect.XATTRS);
        }
        return aspects;
    }
}

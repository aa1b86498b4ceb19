package dev.stemma.queries.drift;

import dev.stemma.graph.tree.Child;
import dev.stemma.graph.tree.TreeEntry;
import dev.stemma.queries.inventory.EntryFacts;
import java.util.Base64;
import java.util.Optional;

/** Entries of trees as answers show them. */
final class TreeEntries {

    private TreeEntries() {}

    static EntryFacts facts(TreeEntry entry) {
        Child child = entry.child();
        return new EntryFacts(
                entry.name().escaped(),
                kind(child),
                entry.mode(),
                entry.uid(),
                entry.gid(),
                entry.xattrs().entrySet().stream()
                        .map(xattr -> xattr.getKey().escaped() + "="
                                + Base64.getEncoder()
                                        .encodeToString(xattr.getValue().bytes()))
                        .toList(),
                size(child),
                child instanceof Child.File file ? Optional.of(file.content().hex()) : Optional.empty(),
                child instanceof Child.Link link ? Optional.of(link.target().escaped()) : Optional.empty(),
                child instanceof Child.Device device
                        ? Optional.of(device.major() + ":" + device.minor())
                        : Optional.empty(),
                child.nodeId());
    }

    private static Optional<Long> size(Child child) {
        return switch (child) {
            case Child.File file -> Optional.of(file.sizeBytes());
            case Child.UnreadFile file -> Optional.of(file.sizeBytes());
            case Child.Directory _, Child.Link _, Child.Device _, Child.Pipe _, Child.Socket _ -> Optional.empty();
        };
    }

    private static String kind(Child child) {
        return switch (child) {
            case Child.Directory _ -> "dir";
            case Child.File _, Child.UnreadFile _ -> "file";
            case Child.Link _ -> "link";
            case Child.Device device -> device.block() ? "block" : "char";
            case Child.Pipe _ -> "fifo";
            case Child.Socket _ -> "socket";
        };
    }

    /** What it is called when the content of two entries of this kind differs. */
    static FileChange.Aspect contentOf(Child child) {
        return switch (child) {
            case Child.Link _ -> FileChange.Aspect.TARGET;
            case Child.Device _ -> FileChange.Aspect.DEVICE;
            case Child.Directory _, Child.File _, Child.UnreadFile _, Child.Pipe _, Child.Socket _ ->
                FileChange.Aspect.CONTENT;
        };
    }
}

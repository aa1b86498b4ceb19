package dev.stemma.ingest.emit;

import dev.stemma.graph.model.GuestName;
import dev.stemma.graph.tree.Child;
import dev.stemma.graph.tree.TreeEntry;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;

/** Entries and their ends as parameters; guest bytes in the escaped form. */
final class EntryProperties {

    private EntryProperties() {}

    /** An entry as {@link TreeStatement#entry} takes it. */
    static List<Object> item(TreeEntry entry) {
        List<Object> item = new ArrayList<>(7);
        item.add(entry.child().nodeId());
        item.add(entry.name().escaped());
        item.add(entry.mode());
        item.add(entry.uid());
        item.add(entry.gid());
        item.add(made(entry.child()));
        if (!entry.xattrs().isEmpty()) {
            item.add(texts(entry.xattrs()));
        }
        return item;
    }

    /** What a child needs to be made, beside its id. */
    static Object made(Child child) {
        return switch (child) {
            case Child.File file -> file.sizeBytes();
            case Child.UnreadFile file -> file.sizeBytes();
            case Child.Link link -> link.target().escaped();
            case Child.Device device ->
                Map.of("kind", device.block() ? "block" : "char", "major", device.major(), "minor", device.minor());
            case Child.Directory _, Child.Pipe _, Child.Socket _ -> 0;
        };
    }

    /** The properties of a name beside the name itself. */
    static Map<String, Object> attributes(int mode, long uid, long gid, SortedMap<GuestName, GuestName> xattrs) {
        Map<String, Object> properties = new HashMap<>(8);
        properties.put("mode", mode);
        properties.put("uid", uid);
        properties.put("gid", gid);
        if (!xattrs.isEmpty()) {
            properties.put("xattrs", texts(xattrs));
        }
        return properties;
    }

    private static List<String> texts(SortedMap<GuestName, GuestName> xattrs) {
        return xattrs.entrySet().stream()
                .map(xattr -> xattr.getKey().escaped() + "="
                        + Base64.getEncoder().encodeToString(xattr.getValue().bytes()))
                .toList();
    }
}

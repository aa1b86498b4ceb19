package dev.stemma.ingest.emit;

import dev.stemma.graph.id.Digest;
import dev.stemma.graph.model.GuestName;
import dev.stemma.graph.tree.Child;
import dev.stemma.graph.tree.TreeEntry;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;

/** Entries and their ends as parameters; guest bytes in the escaped form. */
final class EntryProperties {

    private EntryProperties() {}

    static Map<String, Object> row(Digest parent, TreeEntry entry) {
        Map<String, Object> properties = attributes(entry.mode(), entry.uid(), entry.gid(), entry.xattrs());
        properties.put("name", entry.name().escaped());
        return Map.of("parent", parent.hex(), "child", entry.child().nodeId(), "properties", properties);
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

    static Map<String, Object> leaf(Child child) {
        return switch (child) {
            case Child.File file -> Map.of("id", file.nodeId(), "sizeBytes", file.sizeBytes());
            case Child.UnreadFile file -> Map.of("id", file.nodeId(), "sizeBytes", file.sizeBytes());
            case Child.Link link ->
                Map.of("id", link.nodeId(), "target", link.target().escaped());
            case Child.Device device ->
                Map.of(
                        "id",
                        device.nodeId(),
                        "kind",
                        device.block() ? "block" : "char",
                        "major",
                        device.major(),
                        "minor",
                        device.minor());
            case Child.Directory _, Child.Pipe _, Child.Socket _ -> Map.of("id", child.nodeId());
        };
    }
}

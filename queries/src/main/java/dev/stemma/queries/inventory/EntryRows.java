package dev.stemma.queries.inventory;

import dev.stemma.graph.store.Row;
import java.util.List;
import java.util.Optional;

/** Entries of the Merkle graph as records. */
final class EntryRows {

    private EntryRows() {}

    static EntryFacts entry(Row row) {
        List<String> labels = row.texts("labels");
        String node = row.text("node");
        boolean read = labels.contains("File");
        return new EntryFacts(
                row.text("name"),
                EntryFacts.kind(labels, row.findText("kind")),
                (int) row.number("mode"),
                row.number("uid"),
                row.number("gid"),
                row.texts("xattrs"),
                row.findNumber("sizeBytes"),
                read ? Optional.of(node) : Optional.empty(),
                row.findText("target"),
                row.findNumber("major").map(major -> major + ":" + row.number("minor")),
                node);
    }

    /** A root directory as the entry that it would be, had it a name. */
    static EntryFacts root(Row row) {
        return new EntryFacts(
                "",
                "dir",
                row.findNumber("mode").orElse(0755L).intValue(),
                row.findNumber("uid").orElse(0L),
                row.findNumber("gid").orElse(0L),
                row.texts("xattrs"),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                row.text("root"));
    }
}

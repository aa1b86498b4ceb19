package dev.stemma.ingest.emit;

import dev.stemma.graph.id.Digest;
import dev.stemma.graph.model.CheckedFile;
import dev.stemma.graph.model.Checksum;
import dev.stemma.graph.model.Verification;
import dev.stemma.graph.store.Batch;
import dev.stemma.graph.store.Graph;
import dev.stemma.graph.store.Statement;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Writes what came of holding owned files against their packages. Only packages with departures get relationships: in an image of
 * 50,000 owned files some dozens. On a package version stands with which contents it was found whole.
 */
final class VerificationWriter {

    private static final Statement WHOLE_PACKAGES = named("whole-packages");
    private static final Statement OWNED_CONTENTS = named("owned-contents");
    private static final Statement WHOLE = named("whole");
    private static final Statement CHECKED_BY = named("checked-by");
    private static final Statement FORGET = named("forget-checked");
    private static final Statement CHECKED = named("checked");
    private static final Statement FILES = named("checked-files");

    private VerificationWriter() {}

    private static Statement named(String name) {
        return Statement.named(VerificationWriter.class, "emit/" + name + ".cypher");
    }

    static Map<String, Digest> whole(Graph graph, Collection<String> purls) {
        Map<String, Digest> whole = new HashMap<>();
        graph.read(WHOLE_PACKAGES.with(Map.of("purls", List.copyOf(purls))))
                .forEach(row -> whole.put(row.text("purl"), Digest.parse(row.text("whole"))));
        return whole;
    }

    static Map<String, Map<String, Digest>> ownedContents(Graph graph, Collection<String> purls) {
        Map<String, Map<String, Digest>> contents = new HashMap<>();
        graph.stream(OWNED_CONTENTS.with(Map.of("purls", List.copyOf(purls))), row -> {
            List<String> paths = row.texts("paths");
            List<String> files = row.texts("contents");
            Map<String, Digest> byPath = new HashMap<>();
            for (int i = 0; i < paths.size(); i++) {
                byPath.put(paths.get(i), Digest.parse(files.get(i)));
            }
            contents.put(row.text("purl"), byPath);
        });
        return contents;
    }

    static void remember(Graph graph, Map<String, Digest> whole) {
        Batch.STANDARD.run(
                graph,
                WHOLE.cypher(),
                whole.entrySet().stream()
                        .map(entry -> Map.of(
                                "purl",
                                entry.getKey(),
                                "whole",
                                entry.getValue().hex()))
                        .iterator());
    }

    static boolean checked(Graph graph, String inventory, String by) {
        return graph.read(CHECKED_BY.with(Map.of("inventory", inventory))).stream()
                .anyMatch(row -> row.text("by").equals(by));
    }

    /** In the place of what an earlier version found. */
    static void write(Graph.Transaction transaction, String inventory, Verification verification) {
        transaction.run(FORGET.with(Map.of("inventory", inventory)));
        transaction.run(CHECKED.with(Map.of(
                "inventory",
                inventory,
                "properties",
                Map.of(
                        "checkedBy", verification.by(),
                        "ownedIntact", verification.intact(),
                        "ownedModified", verification.modified(),
                        "ownedMissing", verification.missing(),
                        "ownedUnverifiable", verification.unverifiable()))));
        Map<String, List<CheckedFile>> packages = new LinkedHashMap<>();
        for (CheckedFile file : verification.departures()) {
            if (InventoryEmitter.indexable(file.path())) {
                packages.computeIfAbsent(file.purl(), _ -> new ArrayList<>()).add(file);
            }
        }
        Batch.STANDARD.run(
                transaction,
                FILES.cypher(),
                Map.of("inventory", inventory),
                packages.entrySet().stream()
                        .map(one -> Map.<String, Object>of("purl", one.getKey(), "properties", lists(one.getValue())))
                        .iterator());
    }

    /** Lists side by side, the same place in each for the same file; what a file lacks is empty, since lists have no gaps. */
    private static Map<String, Object> lists(List<CheckedFile> files) {
        return Map.of(
                "paths", files.stream().map(file -> file.path().escaped()).toList(),
                "verdicts", files.stream().map(file -> file.verdict().name()).toList(),
                "configuration", files.stream().map(CheckedFile::configuration).toList(),
                "expected",
                        files.stream()
                                .map(file ->
                                        file.expected().map(Checksum::toString).orElse(""))
                                .toList(),
                "found", files.stream().map(file -> file.found().orElse("")).toList(),
                "reasons", files.stream().map(file -> file.reason().orElse("")).toList());
    }
}

package dev.stemma.ingest.emit;

import dev.stemma.graph.model.InstalledPackage;
import dev.stemma.graph.store.Batch;
import dev.stemma.graph.store.Graph;
import dev.stemma.graph.store.Statement;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Package versions, without the paths they own. */
final class PackageWriter {

    private static final Statement KNOWN = Statement.named(PackageWriter.class, "emit/known-packages.cypher");
    private static final Statement VERSIONS = Statement.named(PackageWriter.class, "emit/packages.cypher");

    private PackageWriter() {}

    static void versions(Graph graph, Collection<InstalledPackage> packages) {
        List<String> purls =
                packages.stream().map(InstalledPackage::purl).distinct().toList();
        Set<String> known = new HashSet<>();
        graph.read(KNOWN.with(Map.of("purls", purls))).forEach(row -> known.add(row.text("purl")));
        Batch.STANDARD.run(
                graph,
                VERSIONS.cypher(),
                packages.stream()
                        .filter(installed -> !known.contains(installed.purl()))
                        .map(PackageWriter::version)
                        .iterator());
    }

    private static Map<String, Object> version(InstalledPackage installed) {
        Map<String, Object> row = new HashMap<>();
        row.put("purl", installed.purl());
        row.put("version", installed.version());
        row.put("architecture", installed.architecture());
        installed.sourceName().ifPresent(source -> row.put("source", source));
        installed.sourceVersion().ifPresent(version -> row.put("sourceVersion", version));
        row.put("package", installed.ecosystem() + "/" + installed.name());
        row.put("name", installed.name());
        row.put("ecosystem", installed.ecosystem());
        return row;
    }
}

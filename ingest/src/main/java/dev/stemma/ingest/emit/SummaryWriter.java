package dev.stemma.ingest.emit;

import dev.stemma.graph.id.Digest;
import dev.stemma.graph.model.ContentSummary;
import dev.stemma.graph.store.Batch;
import dev.stemma.graph.store.Graph;
import dev.stemma.graph.store.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Writes what contents say of themselves onto their nodes: programs, libraries and scripts only, and each once. */
final class SummaryWriter {

    private static final int AT_ONCE = 5_000;
    private static final Statement SUMMARIZED = Statement.named(SummaryWriter.class, "emit/summarized.cypher");
    private static final Statement SUMMARIES = Statement.named(SummaryWriter.class, "emit/summaries.cypher");

    private SummaryWriter() {}

    static Set<Digest> without(Graph graph, Set<Digest> contents, String by) {
        Set<Digest> without = new HashSet<>(contents);
        List<String> ids = contents.stream().map(Digest::hex).toList();
        for (int from = 0; from < ids.size(); from += AT_ONCE) {
            List<String> some = ids.subList(from, Math.min(ids.size(), from + AT_ONCE));
            graph.read(SUMMARIZED.with(Map.of("ids", some, "by", by)))
                    .forEach(row -> without.remove(Digest.parse(row.text("id"))));
        }
        return without;
    }

    static void write(Graph graph, Map<Digest, Optional<ContentSummary>> summaries, String by) {
        List<Map<String, Object>> rows = new ArrayList<>(summaries.size());
        summaries.forEach((content, summary) -> {
            Map<String, Object> properties = new HashMap<>(Map.of("summarizedBy", by));
            summary.ifPresent(found -> {
                properties.put("mimeType", found.mimeType());
                found.buildId().ifPresent(id -> properties.put("buildId", id));
                if (!found.libraries().isEmpty()) {
                    properties.put("libraries", found.libraries());
                }
                found.libraryName().ifPresent(name -> properties.put("libraryName", name));
                found.interpreter().ifPresent(path -> properties.put("interpreter", path));
            });
            rows.add(Map.of("id", content.hex(), "properties", properties));
        });
        Batch.STANDARD.run(graph, SUMMARIES.cypher(), rows.iterator());
    }
}

package dev.stemma.api.graphql;

import dev.stemma.graph.store.Graph;
import dev.stemma.graph.store.Row;
import dev.stemma.graph.store.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import org.dataloader.BatchLoader;

/**
 * Fields below images, fetched for all parents at once: however many images an answer holds, each selected field costs one
 * statement. The statements lie under {@code cypher/graphql}; each takes {@code ids} and returns {@code key} and {@code value}.
 */
final class Nested implements BatchLoader<Nested.Key, List<Object>> {

    /** The name under which an execution finds this loader. */
    static final String NAME = "nested";

    private final Graph graph;
    private final Executor executor;

    Nested(Graph graph, Executor executor) {
        this.graph = graph;
        this.executor = executor;
    }

    /**
     * What is wanted of one parent.
     *
     * @param query name of the statement
     * @param arguments its further parameters, the same for all parents of one field
     */
    record Key(String query, Map<String, Object> arguments, String id) {}

    private record Batch(String query, Map<String, Object> arguments) {}

    @Override
    public CompletionStage<List<List<Object>>> load(List<Key> keys) {
        return CompletableFuture.supplyAsync(() -> fetch(keys), executor);
    }

    private List<List<Object>> fetch(List<Key> keys) {
        Map<Batch, List<String>> batches = new LinkedHashMap<>();
        for (Key key : keys) {
            batches.computeIfAbsent(new Batch(key.query(), key.arguments()), _ -> new ArrayList<>())
                    .add(key.id());
        }
        Map<Key, List<Object>> found = new HashMap<>();
        batches.forEach((batch, ids) -> {
            Map<String, Object> parameters = new HashMap<>(batch.arguments());
            parameters.put("ids", ids);
            Statement statement = Statement.named(Nested.class, "graphql/" + batch.query() + ".cypher");
            for (Row row : graph.read(statement.with(parameters))) {
                found.computeIfAbsent(
                                new Key(batch.query(), batch.arguments(), row.text("key")), _ -> new ArrayList<>())
                        .add(row.require("value"));
            }
        });
        return keys.stream().map(key -> found.getOrDefault(key, List.of())).toList();
    }
}

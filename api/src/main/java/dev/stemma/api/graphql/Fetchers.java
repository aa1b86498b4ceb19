package dev.stemma.api.graphql;

import dev.stemma.api.problem.ProblemCode;
import dev.stemma.graph.store.Graph;
import dev.stemma.graph.store.Statement;
import dev.stemma.queries.inventory.References;
import dev.stemma.queries.problem.QueryProblem;
import dev.stemma.queries.search.ImageSearch;
import dev.stemma.queries.search.language.SearchLanguage;
import dev.stemma.queries.similarity.SimilarityRequest;
import dev.stemma.queries.similarity.Trait;
import graphql.schema.DataFetcher;
import graphql.schema.DataFetchingEnvironment;
import graphql.schema.idl.RuntimeWiring;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import org.dataloader.DataLoader;

/** How each field is fetched: roots by a statement of their own, what is below images through {@link Nested}, {@link Drifts} and {@link Similarities}. */
final class Fetchers {

    /** Images that a search may find before the other conditions are held against them. */
    private static final int MAX_FOUND = 100_000;

    private final Graph graph;
    private final ImageSearch search;
    private final References references;
    private final Executor executor;

    Fetchers(Graph graph, References references, ImageSearch search, Executor executor) {
        this.graph = graph;
        this.search = search;
        this.references = references;
        this.executor = executor;
    }

    RuntimeWiring wiring() {
        return RuntimeWiring.newRuntimeWiring()
                .scalar(Scalars.LONG)
                .scalar(Scalars.DATE_TIME)
                .type("Query", type -> type.dataFetcher("image", beside(this::image))
                        .dataFetcher("images", beside(this::images))
                        .dataFetcher("packages", beside(this::software))
                        .dataFetcher("chains", beside(field -> page(field, "chains")))
                        .dataFetcher(
                                "chain", beside(field -> one("chain", "name", field.getArgumentOrDefault("name", ""))))
                        .dataFetcher("machines", beside(field -> page(field, "machines")))
                        .dataFetcher("machine", beside(this::machine)))
                .type("VersionChain", type -> type.dataFetcher("versions", Fetchers::limited)
                        .dataFetcher("channels", list("channels")))
                .type("Version", type -> type.dataFetcher("branches", Fetchers::limited))
                .type("Machine", type -> type.dataFetcher("runs", list("runs"))
                        .dataFetcher("captures", list("captures")))
                .type("Image", type -> type.dataFetcher("inventory", first("inventory"))
                        .dataFetcher("operatingSystem", first("operating-systems"))
                        .dataFetcher("operatingSystems", list("operating-systems"))
                        .dataFetcher("packages", Fetchers::packages)
                        .dataFetcher("place", first("places"))
                        .dataFetcher("machines", list("deployed"))
                        .dataFetcher("parents", list("parents"))
                        .dataFetcher("children", list("children"))
                        .dataFetcher("ancestors", list("ancestors"))
                        .dataFetcher("descendants", list("descendants"))
                        .dataFetcher("drift", Fetchers::drift)
                        .dataFetcher("similar", Fetchers::similar))
                .type(
                        "Inventory",
                        type -> MachineFields.add(
                                type.dataFetcher("observations", list("observations")), Fetchers::list))
                .type("Drift", type -> type.dataFetcher(
                                "from", side -> view(side).answer().from())
                        .dataFetcher("to", side -> view(side).answer().to())
                        .dataFetcher("same", side -> view(side).answer().same())
                        .dataFetcher("packages", side -> view(side).answer().packages())
                        .dataFetcher("system", side -> view(side).answer().system())
                        .dataFetcher("ranking", side -> view(side).answer().ranking())
                        .dataFetcher("notes", side -> view(side).answer().notes()))
                .build();
    }

    /** The event loop must not wait for the graph. */
    private <T> DataFetcher<CompletableFuture<T>> beside(DataFetcher<T> fetcher) {
        return environment -> CompletableFuture.supplyAsync(
                () -> {
                    try {
                        return fetcher.get(environment);
                    } catch (RuntimeException e) {
                        throw e;
                    } catch (Exception e) {
                        throw new IllegalStateException(e);
                    }
                },
                executor);
    }

    private Optional<Object> image(DataFetchingEnvironment field) {
        try {
            String id =
                    references.require(field.getArgumentOrDefault("ref", "")).imageId();
            return graph
                    .read(Statement.named(Fetchers.class, "graphql/images-by-id.cypher")
                            .with(Map.of("ids", List.of(id))))
                    .stream()
                    .findFirst()
                    .map(row -> row.require("value"));
        } catch (QueryProblem problem) {
            if (problem.code() == QueryProblem.Code.NOT_FOUND) {
                return Optional.empty();
            }
            throw problem;
        }
    }

    private List<Object> images(DataFetchingEnvironment field) {
        String base = field.getArgument("derivedFrom");
        String baseId = base == null ? null : references.require(base).imageId();
        Map<String, Object> arguments = new HashMap<>(field.getArguments());
        String typed = field.getArgument("search");
        if (typed != null) {
            arguments.put("found", search.ids(SearchLanguage.parse(typed), MAX_FOUND));
        }
        Statement statement = ImageStatement.of(arguments, baseId, limit(field, 1_000));
        return graph.read(statement).stream().map(row -> row.require("value")).toList();
    }

    private Optional<Object> machine(DataFetchingEnvironment field) {
        return references
                .findMachine(field.getArgumentOrDefault("ref", ""))
                .flatMap(found -> one("machine-by-id", "id", found.imageId()));
    }

    private Optional<Object> one(String query, String parameter, String value) {
        return values(query, Map.of(parameter, value)).stream().findFirst();
    }

    private List<Object> page(DataFetchingEnvironment field, String query) {
        return values(query, Map.of("after", field.getArgumentOrDefault("after", ""), "limit", limit(field, 1_000)));
    }

    private List<Object> values(String query, Map<String, Object> parameters) {
        return graph
                .read(Statement.named(Fetchers.class, "graphql/" + query + ".cypher")
                        .with(parameters))
                .stream()
                .map(row -> row.require("value"))
                .toList();
    }

    /** A list of the field's own name, of which each parent has so many. */
    private static CompletableFuture<List<Object>> limited(DataFetchingEnvironment field) {
        return nested(field, field.getField().getName(), Map.of("limit", limit(field, 1_000)));
    }

    private List<Object> software(DataFetchingEnvironment field) {
        String start = field.getArgumentOrDefault("startsWith", "");
        return values("software", Map.of("startsWith", start, "limit", limit(field, 1_000)));
    }

    private static CompletableFuture<List<Object>> packages(DataFetchingEnvironment field) {
        String name = field.getArgumentOrDefault("name", "");
        String ecosystem = field.getArgumentOrDefault("ecosystem", "");
        return nested(field, "packages", Map.of("name", name, "ecosystem", ecosystem, "limit", limit(field, 10_000)));
    }

    private static CompletableFuture<Optional<Drifts.View>> drift(DataFetchingEnvironment field) {
        int files = field.getArgumentOrDefault("files", 100);
        if (files < 0 || files > 1_000) {
            throw ProblemCode.BAD_REQUEST.because("files is 0 to 1000, not " + files);
        }
        DataLoader<Drifts.Key, Optional<Drifts.View>> loader = loader(field, Drifts.NAME);
        return loader.load(new Drifts.Key(id(field), Optional.ofNullable(field.<String>getArgument("from")), files));
    }

    private static CompletableFuture<Optional<List<Similarities.View>>> similar(DataFetchingEnvironment field) {
        String by = field.getArgumentOrDefault("by", "packages");
        Trait trait = Trait.find(by)
                .orElseThrow(() -> ProblemCode.BAD_REQUEST.because("by is packages, files or bytes, not: " + by));
        SimilarityRequest request = SimilarityRequest.best(
                trait,
                field.getArgumentOrDefault("limit", 20),
                field.<Number>getArgumentOrDefault("threshold", 0).doubleValue());
        DataLoader<Similarities.Key, Optional<List<Similarities.View>>> loader = loader(field, Similarities.NAME);
        return loader.load(new Similarities.Key(id(field), request));
    }

    private static DataFetcher<CompletableFuture<List<Object>>> list(String query) {
        return field -> nested(field, query, Map.of());
    }

    private static DataFetcher<CompletableFuture<Optional<Object>>> first(String query) {
        return field ->
                nested(field, query, Map.of()).thenApply(found -> found.stream().findFirst());
    }

    private static CompletableFuture<List<Object>> nested(
            DataFetchingEnvironment field, String query, Map<String, Object> arguments) {
        DataLoader<Nested.Key, List<Object>> loader = loader(field, Nested.NAME);
        return loader.load(new Nested.Key(query, arguments, id(field)));
    }

    private static <K, V> DataLoader<K, V> loader(DataFetchingEnvironment field, String name) {
        DataLoader<K, V> loader = field.getDataLoader(name);
        if (loader == null) {
            throw new IllegalStateException("no loader " + name);
        }
        return loader;
    }

    private static String id(DataFetchingEnvironment field) {
        Map<String, Object> source = field.getSource();
        return String.valueOf(source == null ? null : source.get("id"));
    }

    private static Drifts.View view(DataFetchingEnvironment field) {
        Drifts.View view = field.getSource();
        if (view == null) {
            throw new IllegalStateException("a drift without a comparison");
        }
        return view;
    }

    private static int limit(DataFetchingEnvironment field, int most) {
        int limit = field.getArgumentOrDefault("limit", 100);
        if (limit < 1 || limit > most) {
            throw ProblemCode.BAD_REQUEST.because("limit is 1 to " + most + ", not " + limit);
        }
        return limit;
    }
}

package dev.stemma.api.graphql;

import dev.stemma.graph.store.Graph;
import dev.stemma.queries.drift.DriftFinder;
import dev.stemma.queries.inventory.References;
import dev.stemma.queries.search.ImageSearch;
import dev.stemma.queries.similarity.SimilarityFinder;
import graphql.GraphQL;
import graphql.analysis.MaxQueryComplexityInstrumentation;
import graphql.analysis.MaxQueryDepthInstrumentation;
import graphql.execution.instrumentation.ChainedInstrumentation;
import graphql.schema.GraphQLSchema;
import graphql.schema.idl.SchemaGenerator;
import graphql.schema.idl.SchemaParser;
import graphql.schema.idl.TypeDefinitionRegistry;
import io.micronaut.configuration.graphql.GraphQLExecutionInputCustomizer;
import io.micronaut.context.annotation.Factory;
import io.micronaut.context.annotation.Primary;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import org.dataloader.DataLoaderFactory;
import org.dataloader.DataLoaderRegistry;
import reactor.core.publisher.Mono;

/** Builds the schema, its limits, and for each execution the loaders that batch its fields. */
@Factory
final class GraphQlFactory {

    private static final List<String> NOUNS = List.of(
            "query",
            "image",
            "inventory",
            "operating-system",
            "package",
            "derivation",
            "drift",
            "similar",
            "machine",
            "chain",
            "deployment");

    private final Executor executor = Executors.newThreadPerTaskExecutor(
            Thread.ofVirtual().name("graphql-", 0).factory());

    @Singleton
    GraphQL graphQl(Graph graph, References references, ImageSearch search) throws IOException {
        TypeDefinitionRegistry types = new TypeDefinitionRegistry();
        for (String noun : NOUNS) {
            types.merge(new SchemaParser().parse(text(noun)));
        }
        GraphQLSchema schema = new SchemaGenerator()
                .makeExecutableSchema(types, new Fetchers(graph, references, search, executor).wiring());
        return GraphQL.newGraphQL(schema)
                .instrumentation(new ChainedInstrumentation(List.of(
                        new MaxQueryDepthInstrumentation(Complexity.DEPTH),
                        new MaxQueryComplexityInstrumentation(Complexity.LIMIT, new Complexity()))))
                .defaultDataFetcherExceptionHandler(new Errors())
                .build();
    }

    private static String text(String noun) throws IOException {
        try (InputStream in = GraphQlFactory.class.getResourceAsStream("/graphql/" + noun + ".graphqls")) {
            if (in == null) {
                throw new IOException("no schema of " + noun);
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    @Singleton
    @Primary
    GraphQLExecutionInputCustomizer loaders(
            Graph graph, DriftFinder drift, SimilarityFinder similarity, References references) {
        return (input, _, _) -> Mono.just(input.transform(builder -> builder.dataLoaderRegistry(new DataLoaderRegistry()
                .register(Nested.NAME, DataLoaderFactory.newDataLoader(new Nested(graph, executor)))
                .register(Similarities.NAME, DataLoaderFactory.newDataLoader(new Similarities(similarity, executor)))
                .register(Drifts.NAME, DataLoaderFactory.newDataLoader(new Drifts(drift, references, executor))))));
    }
}

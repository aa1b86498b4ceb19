package dev.stemma.ontology.sparql;

import dev.stemma.graph.GraphExtension;
import dev.stemma.graph.store.Graph;
import dev.stemma.ontology.RandomLibrary;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What it saves to send whole patterns: statements and time, warm, median of three. Run by {@code -Dtest=SparqlPushdownBenchmark}. */
@ExtendWith(GraphExtension.class)
class SparqlPushdownBenchmark {

    private static final int IMAGES = 100;
    private static final SparqlLimits LIMITS = new SparqlLimits(Duration.ofMinutes(2), 1_000_000, 50_000_000);

    private static final Map<String, String> QUERIES = new LinkedHashMap<>(Map.of(
            "package and ancestor",
            "SELECT DISTINCT ?i WHERE { ?i stemma:currentInventory/stemma:hasPackages/stemma:installs/stemma:versionOf [ stemma:name 'nginx' ] ;"
                    + " stemma:derivedFrom+ [ stemma:name 'base' ] }",
            "optional",
            "SELECT * WHERE { ?i a stemma:Image ; stemma:name ?n OPTIONAL { ?i stemma:currentInventory ?v . ?v stemma:runs ?o } }",
            "none of",
            "SELECT ?i WHERE { ?i a stemma:Image FILTER NOT EXISTS {"
                    + " ?i stemma:currentInventory/stemma:hasPackages/stemma:installs/stemma:versionOf [ stemma:name 'nginx' ] } }",
            "all ancestors",
            "SELECT ?i ?a WHERE { ?i a stemma:Image ; stemma:derivedFrom+ ?a }",
            "any predicate",
            "SELECT * WHERE { ?i a stemma:Agent ; ?p ?o }"));

    @Test
    void compare(Graph graph) throws IOException {
        new RandomLibrary(graph, 42, IMAGES).write();
        for (Map.Entry<String, String> query : QUERIES.entrySet()) {
            System.out.printf(
                    "%-22s whole: %s   triple by triple: %s%n",
                    query.getKey(), measure(graph, true, query.getValue()), measure(graph, false, query.getValue()));
        }
    }

    private static String measure(Graph graph, boolean whole, String text) throws IOException {
        SparqlEngine engine = new SparqlEngine(graph, whole);
        SparqlQuery query = engine.parse("PREFIX stemma: <https://stemma.dev/ns#> " + text);
        long statements = 0;
        long[] millis = new long[4];
        for (int i = 0; i < millis.length; i++) {
            long start = System.nanoTime();
            statements = engine.measure(query, SparqlFormat.JSON, LIMITS, OutputStream.nullOutputStream());
            millis[i] = (System.nanoTime() - start) / 1_000_000;
        }
        long[] warm = Arrays.copyOfRange(millis, 1, millis.length);
        Arrays.sort(warm);
        return statements + " statements, " + warm[warm.length / 2] + " ms";
    }
}

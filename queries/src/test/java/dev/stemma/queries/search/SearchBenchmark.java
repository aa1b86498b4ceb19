package dev.stemma.queries.search;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stemma.graph.GraphExtension;
import dev.stemma.graph.id.Digest;
import dev.stemma.graph.store.Graph;
import dev.stemma.queries.page.PageRequest;
import dev.stemma.queries.search.language.SearchLanguage;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/**
 * Searches over 10,000 images of 500 packages each. Wanted for each kind, at the 95th percentile, in a warm service: 50 ms. Run by
 * {@code bin/bench-search}; not part of a plain build, since a loaded machine says nothing.
 */
@ExtendWith(GraphExtension.class)
final class SearchBenchmark {

    private static final int WARM_UP = 40;
    private static final int ROUNDS = 200;

    private final Graph graph;

    @TempDir
    Path folder;

    SearchBenchmark(Graph graph) {
        this.graph = graph;
    }

    @Test
    void searchesTakeAtMostFiftyMilliseconds() {
        int images = Integer.getInteger("images", 10_000);
        SyntheticCatalog catalog = new SyntheticCatalog(graph, images, Integer.getInteger("packages", 500));
        long start = System.nanoTime();
        catalog.load();
        System.out.printf("%d images loaded in %.0f s%n", images, seconds(start));
        Random random = new Random(11);
        try (SearchIndex index = SearchIndex.open(graph, catalog.texts(), folder)) {
            start = System.nanoTime();
            index.catchUp();
            System.out.printf("index made in %.0f s%n", seconds(start));
            start = System.nanoTime();
            index.catchUp();
            System.out.printf("looked for changes in %.2f s%n", seconds(start));
            ImageSearch search = new ImageSearch(graph, new FileSearch(graph, index), index);
            double software = measure(search, "any, all and none of packages, system and time", () -> packages(random));
            double file = measure(search, "file by hash, in some images", () -> "sha256:" + catalog.someFile(random));
            double common = measure(
                    search, "file by hash, in one of 20 images and more", () -> "sha256:" + catalog.commonFile(random));
            double text = measure(search, "text inside configuration", () -> catalog.phrase(random));
            measure(search, "words in names and places", () -> "web " + random.nextInt(images));
            measure(search, "regular expression on the name", () -> "name:/^web-[0-9]*" + random.nextInt(10) + "$/");
            measure(search, "pattern of a path", () -> "file:/etc/ssh/sshd_conf*");
            assertThat(List.of(software, file, common, text)).allMatch(millis -> millis <= 50);
        }
    }

    private static String packages(Random random) {
        return "os:debian software:(%s AND %s) (software:%s>=2.0 OR software:%s) NOT software:%s modified>=2026-0%d-01"
                .formatted(
                        SyntheticCatalog.packageName(random.nextInt(300)),
                        SyntheticCatalog.packageName(random.nextInt(600)),
                        SyntheticCatalog.packageName(random.nextInt(600)),
                        SyntheticCatalog.packageName(random.nextInt(2_000)),
                        SyntheticCatalog.packageName(500 + random.nextInt(2_000)),
                        1 + random.nextInt(8));
    }

    private static double seconds(long start) {
        return (System.nanoTime() - start) / 1e9;
    }

    private static double measure(ImageSearch search, String what, Supplier<String> searches) {
        double[] millis = new double[ROUNDS];
        long hits = 0;
        for (int i = -WARM_UP; i < ROUNDS; i++) {
            String text = searches.get();
            long start = System.nanoTime();
            ImageAnswer answer = search.search(SearchLanguage.parse(text), PageRequest.first(100));
            if (i >= 0) {
                millis[i] = (System.nanoTime() - start) / 1e6;
                hits += answer.hits().total();
                assertThat(answer.facets()).isNotEmpty();
            }
        }
        Arrays.sort(millis);
        System.out.printf(
                "%s: median %.1f ms, p95 %.1f ms, most %.1f ms; %d images found on average%n",
                what, millis[ROUNDS / 2], millis[ROUNDS * 95 / 100], millis[ROUNDS - 1], hits / ROUNDS);
        return millis[ROUNDS * 95 / 100];
    }

    static String digest(String text) {
        return Digest.sha256(text.getBytes(java.nio.charset.StandardCharsets.UTF_8))
                .hex();
    }
}

package dev.stemma.queries.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stemma.graph.store.Row;
import dev.stemma.graph.store.Statement;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How long it takes to make a catalog and to load it in bulk, and how large it is. Run by {@code bin/catalog}; not part of a plain build. */
final class CatalogBenchmark {

    private static final long SEED = 20_261_128L;

    @TempDir
    Path folder;

    @Test
    void aCatalogIsLoadedInBulk() throws Exception {
        int images = Integer.getInteger("images", 10_000);
        Depth depth = Depth.valueOf(System.getProperty("depth", "PACKAGES"));
        SyntheticCatalog catalog = new SyntheticCatalog(SEED, images, Integer.getInteger("packages", 500));
        try (CatalogGraph loaded = CatalogGraph.load(catalog, folder, _ -> Optional.of(depth), _ -> {})) {
            System.out.println(loaded.report());
            Row row = loaded.graph()
                    .read(
                            Statement.of(
                                    "MATCH (i:Inventory) RETURN count(*) AS images, avg(i.packages) AS packages, avg(i.files) AS files"))
                    .getFirst();
            System.out.printf(
                    "%d packages and %d files an image on average%n", row.number("packages"), row.number("files"));
            assertThat(row.number("images")).isEqualTo(images);
        }
    }
}

package dev.stemma.queries.catalog;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Random;
import java.util.function.Consumer;

/**
 * A library of many images as libraries come to be: families of masters, versions, deployed machines and copies, with package sets of a real archive that
 * move on with time. The same seed makes the same images, each time they are listed. Memory holds the forest, nine bytes an image, and, while images are
 * listed, one line of ancestors.
 */
public final class SyntheticCatalog {

    static final Instant START = Instant.parse("2024-01-01T00:00:00Z");

    private final long seed;
    private final DerivationForest forest;
    private final PackageTable table;
    private final ImageMaker maker;

    /**
     * @param images at least 1
     * @param packages that an image has, more or less; the smallest system has 232
     */
    public SyntheticCatalog(long seed, int images, int packages) {
        this.seed = seed;
        Random random = new Random(seed);
        PackageArchive archive = new PackageArchive("/catalog/debian-12.txt", random);
        table = new PackageTable(archive);
        maker = new ImageMaker(archive, table, packages, random);
        forest = new DerivationForest(images, random);
    }

    public int size() {
        return forest.size();
    }

    public PackageTable table() {
        return table;
    }

    /** Lists all images, each after what it was made of. */
    public void forEach(Consumer<CatalogImage> each) {
        Deque<CatalogImage> line = new ArrayDeque<>();
        for (int i = 0; i < forest.size(); i++) {
            while (!line.isEmpty() && line.getFirst().number() != forest.parent(i)) {
                line.pop();
            }
            Random random = new Random(seed * 1_000_003 + i);
            CatalogImage image =
                    line.isEmpty() ? maker.master(i, random) : maker.made(line.getFirst(), i, forest.kind(i), random);
            line.push(image);
            each.accept(image);
        }
    }
}

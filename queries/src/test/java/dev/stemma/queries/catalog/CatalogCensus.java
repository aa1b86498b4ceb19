package dev.stemma.queries.catalog;

import dev.stemma.graph.model.InstalledPackage;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.IntStream;

/** Counts how many images of a catalog have each package and each version of it: what is asked for is chosen by that. Not thread-safe. */
public final class CatalogCensus implements Consumer<CatalogImage> {

    private final PackageTable table;
    private final int[] versions;
    private int images;

    public CatalogCensus(PackageTable table) {
        this.table = table;
        versions = new int[table.size()];
    }

    @Override
    public void accept(CatalogImage image) {
        images++;
        for (int version : image.packages()) {
            versions[version]++;
        }
    }

    /**
     * Packages, each as its version that most have, that so many of the images of one system have.
     *
     * @param least share, 0 to 1
     * @param most share, not included
     */
    public List<InstalledPackage> packages(double least, double most) {
        int[] packages = new int[versions.length];
        int[] best = new int[versions.length];
        Arrays.fill(best, -1);
        for (int version = 0; version < versions.length; version++) {
            int oldest = table.oldest(version);
            packages[oldest] += versions[version];
            if (best[oldest] < 0 || versions[version] > versions[best[oldest]]) {
                best[oldest] = version;
            }
        }
        return IntStream.range(0, versions.length)
                .filter(version -> within(packages[version], least, most))
                .mapToObj(version -> table.get(best[version]))
                .toList();
    }

    /** Package versions with a program that so many of the images have. */
    public List<InstalledPackage> programs(double least, double most) {
        return IntStream.range(0, versions.length)
                .filter(version -> within(versions[version], least, most))
                .mapToObj(table::get)
                .filter(installed -> CatalogFiles.program(installed).isPresent())
                .toList();
    }

    private boolean within(int count, double least, double most) {
        return count > 0 && count >= least * images && count < most * images;
    }
}

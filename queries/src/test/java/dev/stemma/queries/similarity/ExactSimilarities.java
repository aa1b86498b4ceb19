package dev.stemma.queries.similarity;

import dev.stemma.queries.catalog.CatalogImage;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;

/** Similarities of a catalog's images by their packages, worked out apart from Stemma. Keeps all the images that it is shown. Not thread-safe. */
final class ExactSimilarities {

    private final List<CatalogImage> images = new ArrayList<>();
    private final Map<String, Integer> numbers = new HashMap<>();

    void add(CatalogImage image) {
        numbers.put(image.id(), images.size());
        images.add(image);
    }

    CatalogImage image(int number) {
        return images.get(number);
    }

    int number(String imageId) {
        return Objects.requireNonNull(numbers.get(imageId));
    }

    /** Jaccard similarity of two images. */
    double similarity(int one, int other) {
        int[] a = images.get(one).packages();
        int[] b = images.get(other).packages();
        int shared = 0;
        int i = 0;
        int k = 0;
        while (i < a.length && k < b.length) {
            if (a[i] == b[k]) {
                shared++;
                i++;
                k++;
            } else if (a[i] < b[k]) {
                i++;
            } else {
                k++;
            }
        }
        return (double) shared / (a.length + b.length - shared);
    }

    /** The similarity of the k-th nearest to an image. */
    double nearest(int one, int k) {
        double[] all = IntStream.range(0, images.size())
                .filter(other -> other != one)
                .mapToDouble(other -> similarity(one, other))
                .sorted()
                .toArray();
        return all[all.length - k];
    }
}

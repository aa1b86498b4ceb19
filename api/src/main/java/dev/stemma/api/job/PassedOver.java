package dev.stemma.api.job;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * What a directory holds besides images: other files, parts of images, what may not be read.
 *
 * @param count of all of it
 * @param paths of the first
 */
public record PassedOver(long count, List<String> paths) {

    /** Nothing was passed over. */
    public static final PassedOver NOTHING = new PassedOver(0, List.of());

    private static final int MAX_PATHS = 100;

    public PassedOver {
        paths = List.copyOf(paths);
    }

    /** With more of it. */
    public PassedOver and(List<Path> more) {
        List<String> all = new ArrayList<>(paths);
        more.stream().limit(MAX_PATHS - all.size()).map(Path::toString).forEach(all::add);
        return new PassedOver(count + more.size(), all);
    }
}

package dev.stemma.docs;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The checkout that the tests run in. */
final class Repository {

    private static final Path ROOT = findRoot();

    private Repository() {}

    /** A path below the root of the checkout. */
    static Path path(String relative) {
        return ROOT.resolve(relative);
    }

    static String text(String relative) {
        try {
            return Files.readString(path(relative));
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    /** Files below a folder whose names end so, sorted; build output left out. */
    static List<Path> files(String below, String ending) {
        try (Stream<Path> all = Files.walk(path(below))) {
            return all.filter(Files::isRegularFile)
                    .filter(file -> file.toString().endsWith(ending))
                    .filter(file -> !ROOT.relativize(file).toString().contains("target/"))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private static Path findRoot() {
        Path here = Path.of("").toAbsolutePath();
        while (here != null && !Files.isDirectory(here.resolve("graph-model"))) {
            here = here.getParent();
        }
        if (here == null) {
            throw new IllegalStateException(
                    "not inside a checkout of Stemma: " + Path.of("").toAbsolutePath());
        }
        return here;
    }
}

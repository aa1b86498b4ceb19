package dev.stemma.api.wiring;

import dev.stemma.graph.id.Digest;
import dev.stemma.ingest.text.KeptText;
import dev.stemma.ingest.text.TextStore;
import dev.stemma.queries.search.TextSource;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** The kept texts as files below one directory, for the index of searches. */
final class KeptTextSource implements TextSource {

    private static final String ENDING = ".text.zst";

    private final Path directory;
    private final TextStore store;

    KeptTextSource(Path directory, TextStore store) {
        this.directory = directory;
        this.store = store;
    }

    /** Texts are replaced whole by a rename, so that size and time tell when one was made again. */
    @Override
    public Map<String, String> all() throws IOException {
        Map<String, String> all = new HashMap<>();
        if (!Files.isDirectory(directory)) {
            return all;
        }
        try (DirectoryStream<Path> starts = Files.newDirectoryStream(directory, "[0-9a-f][0-9a-f]")) {
            for (Path start : starts) {
                list(start, all);
            }
        }
        return all;
    }

    private static void list(Path start, Map<String, String> all) throws IOException {
        try (DirectoryStream<Path> files = Files.newDirectoryStream(start, "*" + ENDING)) {
            for (Path file : files) {
                String name = file.getFileName().toString();
                String digest = start.getFileName() + name.substring(0, name.length() - ENDING.length());
                if (digest.matches("[0-9a-f]{64}")) {
                    version(file).ifPresent(version -> all.put(digest, version));
                }
            }
        }
    }

    private static Optional<String> version(Path file) throws IOException {
        try {
            BasicFileAttributes found = Files.readAttributes(file, BasicFileAttributes.class);
            return Optional.of(found.size() + " " + found.lastModifiedTime());
        } catch (NoSuchFileException _) {
            // Taken away since it was listed.
            return Optional.empty();
        }
    }

    @Override
    public Optional<String> text(String digest) throws IOException {
        return store.find(Digest.parse(digest)).flatMap(kept -> switch (kept) {
            case KeptText.Text text -> Optional.of(text.text());
            case KeptText.Binary _ -> Optional.empty();
        });
    }
}

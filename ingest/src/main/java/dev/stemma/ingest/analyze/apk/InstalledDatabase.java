package dev.stemma.ingest.analyze.apk;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The text file {@code installed}: a paragraph a package, each line a letter, a colon and a value
 * (<a href="https://wiki.alpinelinux.org/wiki/Apk_spec">Apk spec</a>). {@code F} names a directory, {@code R} a file in it, and the {@code Z} that
 * follows that file's checksum.
 */
final class InstalledDatabase {

    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_.][A-Za-z0-9+_.-]{0,255}");
    private static final Pattern VERSION = Pattern.compile("[A-Za-z0-9+_.~-]{1,255}");
    private static final Pattern ARCHITECTURE = Pattern.compile("[A-Za-z0-9_-]{1,63}");

    private InstalledDatabase() {}

    /**
     * A package.
     *
     * @param origin the package that its recipe is named after, where that is another
     * @param files in the order of the file; empty when they were not asked for
     */
    record ApkPackage(String name, String version, String architecture, Optional<String> origin, List<ApkFile> files) {

        ApkPackage {
            files = List.copyOf(files);
        }
    }

    /**
     * A file of a package.
     *
     * @param path from the root, without a slash in front; bytes stand as Latin-1 characters
     * @param checksum as it stands there: {@code Q1} and base64; empty where there is none
     */
    record ApkFile(String path, String checksum) {}

    /** Takes packages one by one. */
    interface Sink {
        void apkPackage(ApkPackage one);

        /** @param reason guest bytes left out */
        void broken(String reason);
    }

    /** Hands out every paragraph; with the files of each if wanted. */
    static void parse(byte[] bytes, boolean withFiles, Sink sink) {
        Paragraph paragraph = new Paragraph();
        for (int start = 0; start < bytes.length; ) {
            int end = start;
            while (end < bytes.length && bytes[end] != '\n') {
                end++;
            }
            if (end == start) {
                paragraph.finish(sink);
                paragraph = new Paragraph();
            } else if (end - start >= 2 && bytes[start + 1] == ':') {
                String value = new String(bytes, start + 2, end - start - 2, StandardCharsets.ISO_8859_1);
                paragraph.line((char) bytes[start], value, withFiles);
            }
            start = end + 1;
        }
        paragraph.finish(sink);
    }

    private static final class Paragraph {
        private String name = "";
        private String version = "";
        private String architecture = "";
        private String origin = "";
        private String directory = "";
        private boolean empty = true;
        private final List<ApkFile> files = new ArrayList<>();

        void line(char letter, String value, boolean withFiles) {
            empty = false;
            switch (letter) {
                case 'P' -> name = value;
                case 'V' -> version = value;
                case 'A' -> architecture = value;
                case 'o' -> origin = value;
                case 'F' -> directory = value;
                case 'R' -> {
                    if (withFiles) {
                        files.add(new ApkFile(directory.isEmpty() ? value : directory + "/" + value, ""));
                    }
                }
                case 'Z' -> {
                    if (!files.isEmpty()) {
                        files.set(files.size() - 1, new ApkFile(files.getLast().path(), value));
                    }
                }
                default -> {
                    return; // What is not used.
                }
            }
        }

        void finish(Sink sink) {
            if (empty) {
                return;
            }
            boolean named = NAME.matcher(name).matches();
            if (!named
                    || !VERSION.matcher(version).matches()
                    || !ARCHITECTURE.matcher(architecture).matches()) {
                sink.broken((named ? name : "a paragraph") + " has no well-formed name, version or architecture");
                return;
            }
            Optional<String> recipe = Optional.of(origin)
                    .filter(word -> !word.equals(name) && NAME.matcher(word).matches());
            sink.apkPackage(new ApkPackage(name, version, architecture, recipe, files));
        }
    }
}

package dev.stemma.ingest.summary;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stemma.graph.model.ContentSummary;
import dev.stemma.ingest.bytes.FileSource;
import dev.stemma.ingest.filesystem.Tool;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Programs, libraries and scripts of the machine that the test runs on, against what file(1) and readelf(1) say of them. */
class SummaryOracleIT {

    private static final Pattern NEEDED = Pattern.compile("\\(NEEDED\\).*\\[(.*)]");
    private static final Pattern NAME = Pattern.compile("\\(SONAME\\).*\\[(.*)]");
    private static final Pattern BUILD_ID = Pattern.compile("Build ID: ([0-9a-f]+)");
    private static final Pattern LOADER = Pattern.compile("\\[Requesting program interpreter: (.*)]");

    @TempDir
    static Path directory;

    static final Map<Path, Optional<ContentSummary>> SUMMARIES = new TreeMap<>();

    @BeforeAll
    static void copies() throws Exception {
        Tool.require("file", "readelf");
        List<Path> found = new ArrayList<>();
        find(Path.of("/usr/bin"), 250, found);
        try (Stream<Path> places = Files.list(Path.of("/usr/lib"))) {
            for (Path place : places.filter(path -> path.toString().contains("-linux-gnu"))
                    .toList()) {
                find(place, 150, found);
            }
        }
        for (Path program : found) {
            Path copy = directory.resolve(SUMMARIES.size() + "-" + program.getFileName());
            Files.copy(program, copy);
            // file(1) takes permissions for a hint; a content has none.
            Files.setPosixFilePermissions(copy, PosixFilePermissions.fromString("rw-r--r--"));
            try (FileSource source = FileSource.open(copy)) {
                SUMMARIES.put(copy, SummarySearch.of(source));
            }
        }
        assertThat(SUMMARIES).hasSizeGreaterThan(200);
    }

    private static void find(Path place, int most, List<Path> found) throws IOException {
        try (Stream<Path> files = Files.list(place)) {
            found.addAll(files.filter(file -> Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS))
                    .filter(file -> file.toFile().length() > 2 && file.toFile().length() < 1_000_000)
                    .sorted()
                    .limit(most)
                    .toList());
        }
    }

    @Test
    void elfFilesAreAsReadelfHasThem() {
        int compared = 0;
        for (Map.Entry<Path, Optional<ContentSummary>> one : SUMMARIES.entrySet()) {
            if (one.getValue()
                    .filter(found -> found.mimeType().startsWith("application/x-"))
                    .isPresent()) {
                ContentSummary summary = one.getValue().get();
                String said = Tool.run(
                        List.of("readelf", "-W", "-d", "-n", "-l", one.getKey().toString()));
                assertThat(summary.libraries()).as("%s", one.getKey()).isEqualTo(all(NEEDED, said));
                assertThat(summary.libraryName()).as("%s", one.getKey()).isEqualTo(first(NAME, said));
                assertThat(summary.buildId()).as("%s", one.getKey()).isEqualTo(first(BUILD_ID, said));
                assertThat(summary.interpreter()).as("%s", one.getKey()).isEqualTo(first(LOADER, said));
                compared++;
            }
        }
        assertThat(compared).isGreaterThan(100);
    }

    @Test
    void typesAreThoseOfFile() {
        List<String> command = new ArrayList<>(List.of("file", "--brief", "--mime-type"));
        SUMMARIES.keySet().forEach(path -> command.add(path.toString()));
        List<String> said = Tool.run(command).lines().toList();
        assertThat(said).hasSameSizeAs(SUMMARIES.keySet());
        Map<Path, String> expected = new TreeMap<>();
        Map<Path, String> actual = new TreeMap<>();
        int at = 0;
        for (Map.Entry<Path, Optional<ContentSummary>> one : SUMMARIES.entrySet()) {
            String type = said.get(at++);
            if (one.getValue().isPresent()) {
                expected.put(one.getKey(), type);
                actual.put(one.getKey(), one.getValue().get().mimeType());
            } else {
                assertThat(type)
                        .as("%s", one.getKey())
                        .doesNotMatch("application/x-(pie-)?executable|application/x-sharedlib");
            }
        }
        assertThat(actual).isEqualTo(expected).hasSizeGreaterThan(150);
    }

    private static List<String> all(Pattern pattern, String text) {
        return pattern.matcher(text).results().map(result -> result.group(1)).toList();
    }

    private static Optional<String> first(Pattern pattern, String text) {
        Matcher matcher = pattern.matcher(text);
        return matcher.find() ? Optional.of(matcher.group(1)) : Optional.empty();
    }
}

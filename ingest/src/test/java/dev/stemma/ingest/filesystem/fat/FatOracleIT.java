package dev.stemma.ingest.filesystem.fat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.stemma.graph.id.Digest;
import dev.stemma.graph.model.GuestPath;
import dev.stemma.graph.model.Observation;
import dev.stemma.ingest.bytes.FileSource;
import dev.stemma.ingest.filesystem.FileSystemReader;
import dev.stemma.ingest.filesystem.FileSystems;
import dev.stemma.ingest.filesystem.Listed;
import dev.stemma.ingest.filesystem.Tool;
import dev.stemma.ingest.problem.Budget;
import dev.stemma.ingest.problem.ImageProblem;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Volumes that mkfs.vfat and mtools made, against the directory that they were made of, and against blkid. */
class FatOracleIT {

    private static final int FAT12_KIB = 8_192;

    /** As {@code make-tree.sh} sets it. */
    private static final Instant LEAP_DAY = Instant.parse("2024-02-29T23:59:58Z");

    @TempDir
    Path work;

    @ParameterizedTest
    @CsvSource({
        "-F 12 -s 16, 8192, 12",
        "-F 12 -s 8 -f 1, 8192, 12",
        "-F 16 -s 4, 32768, 16",
        "-F 16 -s 64, 131072, 16",
        "-F 16 -s 2 -S 4096, 65536, 16",
        "-F 32 -s 1, 65536, 32",
        "-F 32 -s 8 -R 64, 300000, 32",
    })
    void everyFileIsThereWithItsContent(String options, int kibibytes, int bits) throws Exception {
        Path tree = FatVolumes.tree(work, kibibytes > FAT12_KIB ? 5 : 2);
        Path image = FatVolumes.volume(tree, work.resolve("image"), kibibytes, options);
        SortedMap<String, Listed> expected = listing(tree);
        expected.put("/pieces", expected.get("/random"));
        try (FileSource source = FileSource.open(image);
                FileSystemReader reader = FileSystems.open(source, Budget.of(Duration.ofMinutes(2)))) {
            assertThat(reader.name()).isEqualTo("fat/1");
            assertThat(Listed.differences(expected, untimed(Listed.of(reader)))).isEmpty();
            assertThat(reader.observations()).isEmpty();
            assertThat(reader.facts().type()).isEqualTo("vfat");
            assertThat(reader.facts().uuid()).contains(blkid(image, "UUID"));
            assertThat(reader.facts().label()).contains(blkid(image, "LABEL"));
            String checked = Tool.run(List.of("fsck.fat", "-n", "-v", image.toString()));
            assertThat(checked).contains(bits + " bit entries");
            assertThat(reader.facts().usedBytes())
                    .contains(number(checked, ": \\d+ files, (\\d+)/\\d+ clusters")
                            * number(checked, "(\\d+) bytes per cluster"));
        }
    }

    @Test
    void timesAreThoseOfTheFiles() throws Exception {
        Path tree = FatVolumes.tree(work, 1);
        Path image = FatVolumes.volume(tree, work.resolve("image"), FAT12_KIB, "-F 12 -s 16");
        try (FileSource source = FileSource.open(image);
                FileSystemReader reader = FileSystems.open(source, Budget.of(Duration.ofMinutes(2)))) {
            SortedMap<String, Listed> listing = Listed.of(reader);
            assertThat(listing)
                    .hasEntrySatisfying(
                            "/empty", empty -> assertThat(empty.modified()).isEqualTo(LEAP_DAY.getEpochSecond()))
                    .hasEntrySatisfying("/random", random -> assertThat(random.modified())
                            .isCloseTo(Instant.now().getEpochSecond(), within(3_000L)));
        }
    }

    @ParameterizedTest
    @CsvSource({"-F 16 -s 4, 32768, 37", "-F 32 -s 1, 65536, 65"})
    void aVolumeThatWasNotUnmountedSaysSo(String options, int kibibytes, int stateAt) throws Exception {
        Path image = FatVolumes.volume(FatVolumes.tree(work, 1), work.resolve("image"), kibibytes, options);
        try (RandomAccessFile file = new RandomAccessFile(image.toFile(), "rw")) {
            file.seek(stateAt);
            file.write(1);
        }
        try (FileSource source = FileSource.open(image);
                FileSystemReader reader = FileSystems.open(source, Budget.of(Duration.ofMinutes(2)))) {
            assertThat(reader.observations())
                    .extracting(Observation::code, Observation::severity)
                    .containsExactly(
                            org.assertj.core.groups.Tuple.tuple("not-unmounted", Observation.Severity.PARTIAL));
            assertThat(Listed.of(reader)).containsKey("/pieces");
        }
    }

    @Test
    void aVolumeThatIsCutIsTruncatedAndNotEmpty() throws Exception {
        Path image = FatVolumes.volume(FatVolumes.tree(work, 1), work.resolve("image"), FAT12_KIB, "-F 12 -s 16");
        try (RandomAccessFile file = new RandomAccessFile(image.toFile(), "rw")) {
            file.setLength(file.length() / 2);
        }
        try (FileSource source = FileSource.open(image)) {
            assertThatThrownBy(() -> FileSystems.open(source, Budget.of(Duration.ofMinutes(2))))
                    .isInstanceOfSatisfying(
                            ImageProblem.class, e -> assertThat(e.code()).isEqualTo("truncated"));
        }
    }

    private static SortedMap<String, Listed> listing(Path tree) throws IOException {
        SortedMap<String, Listed> listing = new TreeMap<>();
        try (Stream<Path> paths = Files.walk(tree)) {
            paths.filter(path -> !path.equals(tree)).forEach(path -> {
                GuestPath inside = GuestPath.parse("/" + tree.relativize(path));
                listing.put(inside.escaped(), listed(path));
            });
        }
        return listing;
    }

    private static Listed listed(Path path) {
        try {
            if (Files.isDirectory(path)) {
                return new Listed("dir", 0, "755", 0, 0, 0, 0, "", Map.of());
            }
            byte[] content = Files.readAllBytes(path);
            String mode = path.endsWith("READONLY.TXT") ? "555" : "755";
            return new Listed(
                    "file",
                    content.length,
                    mode,
                    0,
                    0,
                    0,
                    1,
                    Digest.sha256(content).hex(),
                    Map.of());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static SortedMap<String, Listed> untimed(SortedMap<String, Listed> listing) {
        SortedMap<String, Listed> untimed = new TreeMap<>();
        listing.forEach((path, listed) -> untimed.put(
                path,
                new Listed(
                        listed.kind(),
                        listed.sizeBytes(),
                        listed.mode(),
                        listed.uid(),
                        listed.gid(),
                        0,
                        listed.links(),
                        listed.content(),
                        listed.attributes())));
        return untimed;
    }

    private static long number(String text, String pattern) {
        Matcher matcher = Pattern.compile(pattern).matcher(text);
        assertThat(matcher.find()).as("%s in %s", pattern, text).isTrue();
        return Long.parseLong(matcher.group(1));
    }

    private static String blkid(Path image, String tag) {
        return Tool.run(List.of("blkid", "-p", "-o", "value", "-s", tag, image.toString()))
                .strip();
    }
}

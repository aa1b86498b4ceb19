package dev.stemma.ingest.manifest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import com.github.luben.zstd.ZstdInputStream;
import dev.stemma.graph.id.Digest;
import dev.stemma.graph.model.Entry;
import dev.stemma.graph.model.Payload;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Our manifests in the hands of libarchive's bsdtar. */
class MtreeOracleIT {

    @TempDir
    Path directory;

    @Test
    void bsdtarReadsEveryEntryOfAManifestWithoutAWarning() throws Exception {
        // libarchive knows no type "socket", which mtree(5) has; everything else must pass without a word.
        List<Entry> entries = new RandomEntries(5)
                .below(600).stream()
                        .filter(entry -> !(entry.payload() instanceof Payload.Socket))
                        .toList();
        Path text = text(entries);

        String list = bsdtar("-tvf", text.toString());

        Map<String, Long> kinds =
                list.lines().collect(Collectors.groupingBy(line -> line.substring(0, 1), Collectors.counting()));
        assertThat(kinds)
                .containsExactlyInAnyOrderEntriesOf(Map.of(
                        "d", count(entries, "dir"),
                        "-", count(entries, "file"),
                        "l", count(entries, "link"),
                        "b", count(entries, "block"),
                        "c", count(entries, "char"),
                        "p", count(entries, "fifo")));
    }

    @Test
    void bsdtarSeesTheNamesSizesModesAndOwnersThatWereWritten() throws Exception {
        List<Entry> entries = new RandomEntries(6)
                .below(300).stream()
                        .filter(entry ->
                                entry.payload() instanceof Payload.Directory || entry.payload() instanceof Payload.Link)
                        .toList();
        Path text = text(entries);
        // bsdtar turns it into mtree of its own: the same keywords must come out.
        Path again = directory.resolve("again.mtree");
        bsdtar("-cf", again.toString(), "--format=mtree", "--options=!all,type,uid,gid,mode,link,time", "@" + text);

        Map<String, String> ours = fields(Files.readAllLines(text, StandardCharsets.US_ASCII));
        Map<String, String> theirs = fields(Files.readAllLines(again, StandardCharsets.US_ASCII));
        assertThat(theirs).hasSize(entries.size()).isEqualTo(ours);
    }

    private static Map<String, String> fields(List<String> lines) {
        return lines.stream()
                .filter(line -> !line.startsWith("#"))
                .collect(Collectors.toMap(MtreeOracleIT::path, MtreeOracleIT::normal));
    }

    private static String path(String line) {
        String name = line.substring(0, line.indexOf(' '));
        return Vis.parse(name).escaped();
    }

    private static String normal(String line) {
        return List.of(line.split(" ")).stream()
                .skip(1)
                .filter(word -> word.matches("(type|uid|gid|mode|time)=.*"))
                .map(word -> word.replaceFirst("^mode=0+(?=.)", "mode=").replaceFirst("\\.0*(?=.)", "."))
                .sorted()
                .collect(Collectors.joining(" "));
    }

    private Path text(List<Entry> entries) throws IOException {
        ManifestStore store = new ManifestStore(directory.resolve("store"));
        Digest digest;
        try (ManifestWriter writer = store.create()) {
            writer.section(new ManifestLine.Section(0, 1, "ext4", Optional.empty(), Optional.empty()));
            for (Entry entry : entries) {
                writer.entry(entry);
            }
            digest = writer.finish();
        }
        Path text = directory.resolve("manifest.mtree");
        try (ZstdInputStream in = new ZstdInputStream(Files.newInputStream(store.path(digest)))) {
            Files.copy(in, text);
        }
        return text;
    }

    private static long count(List<Entry> entries, String kind) {
        return entries.stream()
                .filter(entry -> entry.payload().kind().equals(kind))
                .count();
    }

    private String bsdtar(String... arguments) throws Exception {
        List<String> command = new java.util.ArrayList<>(List.of("bsdtar"));
        command.addAll(List.of(arguments));
        Path out = directory.resolve("bsdtar.out");
        Path err = directory.resolve("bsdtar.err");
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(directory.toFile())
                .redirectOutput(out.toFile())
                .redirectError(err.toFile());
        builder.environment().put("LC_ALL", "C");
        Process process;
        try {
            process = builder.start();
        } catch (IOException e) {
            return fail("bsdtar is missing; install the Debian package libarchive-tools", e);
        }
        if (!process.waitFor(10, TimeUnit.MINUTES)) {
            process.destroyForcibly();
            return fail("bsdtar did not end");
        }
        assertThat(Files.readString(err, StandardCharsets.ISO_8859_1)).isEmpty();
        assertThat(process.exitValue()).isZero();
        return Files.readString(out, StandardCharsets.ISO_8859_1);
    }
}

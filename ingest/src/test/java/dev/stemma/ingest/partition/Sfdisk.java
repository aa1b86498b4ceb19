package dev.stemma.ingest.partition;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Makes and lists partition tables with sfdisk, of the Debian package fdisk. */
final class Sfdisk {

    private static final Pattern PARTITION = Pattern.compile("\\{\\s*\"node\":[^}]*\\}");

    private Sfdisk() {}

    /** An image with a table as an sfdisk script describes it. */
    static Path make(Path directory, String name, long sizeBytes, String script) throws IOException {
        Path image = directory.resolve(name);
        try (RandomAccessFile file = new RandomAccessFile(image.toFile(), "rw")) {
            file.setLength(sizeBytes);
        }
        run(script, "sfdisk", "--quiet", image.toString());
        return image;
    }

    /** A line for each partition: start and size in bytes, type, UUID, name, whether bootable. */
    static List<String> list(Path image) {
        String json = run("", "sfdisk", "--json", image.toString());
        List<String> lines = new ArrayList<>();
        Matcher matcher = PARTITION.matcher(json);
        while (matcher.find()) {
            String one = matcher.group();
            String type = field(one, "type").toLowerCase(Locale.ROOT);
            boolean gpt = type.length() > 2;
            lines.add(String.join(
                    " ",
                    field(one, "node").replaceFirst(".*?(\\d+)$", "$1"),
                    String.valueOf(Long.parseLong(field(one, "start")) * 512),
                    String.valueOf(Long.parseLong(field(one, "size")) * 512),
                    gpt ? type : "0x" + "0".repeat(2 - type.length()) + type,
                    field(one, "uuid").toLowerCase(Locale.ROOT),
                    field(one, "name"),
                    String.valueOf(one.contains("\"bootable\": true") || one.contains("LegacyBIOSBootable"))));
        }
        return lines;
    }

    private static String field(String json, String name) {
        Matcher matcher =
                Pattern.compile("\"" + name + "\":\\s*\"?([^\",}\\n]*)").matcher(json);
        return matcher.find() ? matcher.group(1).strip() : "";
    }

    static String run(String input, String... command) {
        try {
            Process process = new ProcessBuilder(command)
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
            try (var out = process.getOutputStream()) {
                out.write(input.getBytes(StandardCharsets.UTF_8));
            }
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(process.waitFor(10, TimeUnit.MINUTES)).isTrue();
            assertThat(process.exitValue()).as(String.join(" ", command)).isZero();
            return output;
        } catch (IOException e) {
            throw new AssertionError("install the Debian package fdisk", e);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}

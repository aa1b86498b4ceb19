package dev.stemma.ingest.filesystem.ext;

import dev.stemma.ingest.filesystem.Tool;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What debugfs does to a file system and says of it. */
record Debugfs(Path image) {

    private static final DateTimeFormatter DATE = DateTimeFormatter.ofPattern("EEE MMM d HH:mm:ss yyyy", Locale.ROOT);

    /** Runs commands, which may write. */
    String run(String... commands) throws Exception {
        Path script = Files.createTempFile(image.getParent(), "debugfs", ".commands");
        Files.writeString(script, String.join("\n", commands) + "\n", StandardCharsets.ISO_8859_1);
        return Tool.run(List.of("debugfs", "-w", "-f", script.toString(), image.toString()));
    }

    Stat stat(String path) throws Exception {
        return new Stat(run("stat " + path));
    }

    /** The output of {@code stat}. */
    record Stat(String text) {

        long number(String field) {
            return Long.parseLong(match(field + ":?\\s+(\\d+)"));
        }

        String word(String field) {
            return match(field + ":\\s+(\\S+)");
        }

        /** Seconds by the date that debugfs prints, nanoseconds by the upper 30 bits of the extra field beside it. */
        Instant time(String field) {
            Matcher found = find(field + ": 0x[0-9a-f]{8}:([0-9a-f]{8}) -- (.*)");
            LocalDateTime date = LocalDateTime.parse(found.group(2).strip().replaceAll("  +", " "), DATE);
            return date.toInstant(ZoneOffset.UTC).plusNanos(Integer.parseUnsignedInt(found.group(1), 16) >>> 2);
        }

        private String match(String pattern) {
            return find(pattern).group(1);
        }

        private Matcher find(String pattern) {
            Matcher matcher = Pattern.compile("(?m)(?:^|\\s)" + pattern).matcher(text);
            if (!matcher.find()) {
                throw new AssertionError("no " + pattern + " in " + text);
            }
            return matcher;
        }
    }
}

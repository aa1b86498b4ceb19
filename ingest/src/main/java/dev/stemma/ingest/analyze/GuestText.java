package dev.stemma.ingest.analyze;

import dev.stemma.graph.model.GuestName;
import dev.stemma.graph.model.GuestPath;
import dev.stemma.ingest.problem.ImageProblem;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Configuration that a guest wrote, as text to take apart: one character a byte (ISO 8859-1), so that nothing is lost on
 * the way. {@link #shown} makes of a piece what may be kept and shown. Stateless.
 */
public final class GuestText {

    /** Most bytes of a configuration file that is read. */
    public static final int MAX_BYTES = 1 << 20;

    /** Most lines of a configuration file that count. */
    public static final int MAX_LINES = 20_000;

    /** Most characters of a piece that is kept. */
    public static final int MAX_SHOWN = 500;

    private GuestText() {}

    /**
     * The lines of a file, without blanks at their ends; none when there is no such file.
     *
     * @throws dev.stemma.ingest.problem.OverBudget {@code size-limit} when it is longer than {@link #MAX_BYTES}
     */
    public static List<String> lines(GuestFiles files, GuestPath path) throws ImageProblem {
        return files.read(path, MAX_BYTES).map(GuestText::lines).orElse(List.of());
    }

    /** The lines of a text, at most {@link #MAX_LINES}. */
    public static List<String> lines(byte[] text) {
        return new String(text, StandardCharsets.ISO_8859_1)
                .lines()
                .limit(MAX_LINES)
                .map(String::strip)
                .toList();
    }

    /** The lines that say something: no empty ones, no comments from {@code #} or {@code ;}. */
    public static List<String> telling(GuestFiles files, GuestPath path) throws ImageProblem {
        return lines(files, path).stream()
                .filter(line -> !line.isEmpty() && line.charAt(0) != '#' && line.charAt(0) != ';')
                .toList();
    }

    /** The first line that is not empty. */
    public static Optional<String> first(GuestFiles files, GuestPath path) throws ImageProblem {
        return lines(files, path).stream().filter(line -> !line.isEmpty()).findFirst();
    }

    /** The escaped form of a piece, cut where it is longer than {@link #MAX_SHOWN}. */
    public static String shown(String latin) {
        String cut = latin.length() > MAX_SHOWN ? latin.substring(0, MAX_SHOWN) + "..." : latin;
        return GuestName.of(cut.getBytes(StandardCharsets.ISO_8859_1)).escaped();
    }

    /** Without the quotation marks around it, if there are any. */
    public static String unquoted(String text) {
        boolean quoted = text.length() >= 2
                && (text.charAt(0) == '"' || text.charAt(0) == '\'')
                && text.charAt(text.length() - 1) == text.charAt(0);
        return quoted ? text.substring(1, text.length() - 1) : text;
    }

    /**
     * The path that a guest's text means: absolute, or relative to a directory.
     *
     * @return empty when it cannot be a path
     */
    public static Optional<GuestPath> path(GuestPath directory, String latin) {
        String text = latin.strip();
        if (text.isEmpty() || text.length() > 4_096 || text.indexOf('\0') >= 0) {
            return Optional.empty();
        }
        StringBuilder escaped = new StringBuilder(text.startsWith("/") ? "" : directory.escaped());
        for (String name : text.split("/", -1)) {
            escaped.append('/')
                    .append(GuestName.of(name.getBytes(StandardCharsets.ISO_8859_1))
                            .escaped());
        }
        return Optional.of(GuestPath.parse(escaped.toString()));
    }

    /** A file's name as text, one character a byte. */
    public static String name(GuestPath path) {
        return new String(path.name().bytes(), StandardCharsets.ISO_8859_1);
    }

    /** A whole number from 0 to 2^32 - 1. */
    public static Optional<Long> number(String text) {
        if (text.isEmpty() || text.length() > 10 || !text.chars().allMatch(c -> c >= '0' && c <= '9')) {
            return Optional.empty();
        }
        long value = Long.parseLong(text);
        return value <= 0xffff_ffffL ? Optional.of(value) : Optional.empty();
    }

    /** A port, 1 to 65535. */
    public static Optional<Integer> port(String text) {
        return number(text).filter(port -> port >= 1 && port <= 65_535).map(Long::intValue);
    }

    /** Whether configuration would take it for yes. */
    public static boolean yes(String text) {
        return switch (text.toLowerCase(Locale.ROOT)) {
            case "yes", "true", "on", "1" -> true;
            default -> false;
        };
    }
}

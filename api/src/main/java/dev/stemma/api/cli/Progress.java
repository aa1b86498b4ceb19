package dev.stemma.api.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Locale;

/** How far a job has come: one line that is written over on a terminal, a plain line now and then elsewhere. */
final class Progress {

    private static final long PLAIN_INTERVAL_NANOS = 5_000_000_000L;

    private final Terminal terminal;
    private int shown;
    private long lastPlain = System.nanoTime();

    Progress(Terminal terminal) {
        this.terminal = terminal;
    }

    void show(JsonNode progress) {
        String line = line(progress);
        if (terminal.interactive()) {
            String cut = line.length() >= terminal.width() ? line.substring(0, terminal.width() - 1) : line;
            terminal.err().print("\r" + cut + " ".repeat(Math.max(0, shown - cut.length())));
            terminal.err().flush();
            shown = cut.length();
        } else if (System.nanoTime() - lastPlain > PLAIN_INTERVAL_NANOS) {
            lastPlain = System.nanoTime();
            terminal.err().println(line);
        }
    }

    /** Takes the line away again. */
    void clear() {
        if (shown > 0) {
            terminal.err().print("\r" + " ".repeat(shown) + "\r");
            terminal.err().flush();
            shown = 0;
        }
    }

    static String line(JsonNode progress) {
        String path = Answer.text(progress, "path");
        long bytes = Answer.number(progress, "bytes");
        long total = Answer.number(progress, "totalBytes");
        StringBuilder line = new StringBuilder(Terminal.safe(path.substring(path.lastIndexOf('/') + 1)))
                .append(": ")
                .append(Answer.text(progress, "stage"));
        long files = Answer.number(progress, "files");
        if (files > 0) {
            line.append(String.format(Locale.ROOT, ", %,d files", files));
        }
        long objects = Answer.number(progress, "objects");
        if (objects > 0) {
            line.append(String.format(Locale.ROOT, ", %,d", objects));
            long all = Answer.number(progress, "totalObjects");
            if (all >= objects) {
                line.append(String.format(Locale.ROOT, " of %,d", all));
            }
            line.append(" objects");
        }
        if (bytes > 0) {
            line.append(", ").append(Column.size(bytes));
            if (total >= bytes) {
                line.append(" of ").append(Column.size(total));
            }
            long taken = Answer.number(progress, "takenOverBytes");
            if (taken > 0) {
                line.append(" (").append(Column.size(taken)).append(" taken over)");
            }
            line.append(", ")
                    .append(Column.size(Answer.number(progress, "bytesPerSecond")))
                    .append("/s");
        }
        if (progress.hasNonNull("secondsLeft")) {
            line.append(", ")
                    .append(duration(Answer.number(progress, "secondsLeft")))
                    .append(" left");
        }
        return line.toString();
    }

    static String duration(long seconds) {
        return seconds < 60
                ? seconds + " s"
                : seconds < 3_600
                        ? String.format(Locale.ROOT, "%d:%02d min", seconds / 60, seconds % 60)
                        : String.format(Locale.ROOT, "%d:%02d h", seconds / 3_600, seconds / 60 % 60);
    }
}

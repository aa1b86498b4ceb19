package dev.stemma.api.cli;

import java.io.Console;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/**
 * Where a command prints.
 *
 * @param interactive whether a person watches: output goes to a terminal
 * @param width columns that a table may fill; {@link Integer#MAX_VALUE} where nobody watches
 */
record Terminal(PrintStream out, PrintStream err, boolean interactive, int width) {

    private static final int USUAL_WIDTH = 100;

    static Terminal ofProcess() {
        Console console = System.console();
        // Null only where the platform has no console at all.
        boolean interactive = console != null && console.isTerminal();
        return new Terminal(
                new PrintStream(System.out, false, StandardCharsets.UTF_8),
                new PrintStream(System.err, true, StandardCharsets.UTF_8),
                interactive,
                interactive ? columns() : Integer.MAX_VALUE);
    }

    private static int columns() {
        String stated = System.getenv("COLUMNS");
        if (stated != null && stated.matches("[1-9][0-9]{1,3}")) {
            return Integer.parseInt(stated);
        }
        try {
            Process stty = new ProcessBuilder("stty", "size")
                    .redirectInput(ProcessBuilder.Redirect.from(new java.io.File("/dev/tty")))
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            String[] size = new String(stty.getInputStream().readAllBytes(), StandardCharsets.US_ASCII)
                    .strip()
                    .split(" ", -1);
            return size.length == 2 && size[1].matches("[1-9][0-9]{1,3}") ? Integer.parseInt(size[1]) : USUAL_WIDTH;
        } catch (IOException e) {
            return USUAL_WIDTH;
        }
    }

    /** A text that can do nothing to a terminal: controls and what is not printable become {@code \xHH} or {@code \\u{H}}. */
    static String safe(String text) {
        if (text.chars().allMatch(c -> c >= 0x20 && c < 0x7f)) {
            return text;
        }
        StringBuilder safe = new StringBuilder(text.length());
        text.codePoints().forEach(c -> {
            switch (Character.getType(c)) {
                case Character.CONTROL -> safe.append(String.format("\\x%02x", c));
                case Character.FORMAT,
                        Character.SURROGATE,
                        Character.PRIVATE_USE,
                        Character.UNASSIGNED,
                        Character.LINE_SEPARATOR,
                        Character.PARAGRAPH_SEPARATOR -> safe.append(String.format("\\u{%x}", c));
                default -> safe.appendCodePoint(c);
            }
        });
        return safe.toString();
    }

    /** Prints a line that may hold foreign text. */
    void line(String text) {
        out.println(safe(text));
    }
}

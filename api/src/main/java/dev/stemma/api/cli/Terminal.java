package dev.stemma.api.cli;

import java.io.Console;
import java.io.IOException;
import java.io.PrintStream;
import java.io.Reader;
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
        return safe(text, "");
    }

    /** The same, but for the controls that are kept. */
    private static String safe(String text, String kept) {
        if (text.chars().allMatch(c -> c >= 0x20 && c < 0x7f)) {
            return text;
        }
        StringBuilder safe = new StringBuilder(text.length());
        text.codePoints().forEach(c -> {
            switch (Character.getType(c)) {
                case Character.CONTROL ->
                    safe.append(kept.indexOf(c) < 0 ? String.format("\\x%02x", c) : Character.toString(c));
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

    /** Prints foreign text with its lines and tabs, piece by piece as it arrives. */
    void stream(Reader text) throws IOException {
        char[] piece = new char[8_192];
        int kept = 0;
        for (int read = text.read(piece); read >= 0; read = text.read(piece, kept, piece.length - kept)) {
            int length = kept + read;
            // Half of a character waits for its other half.
            kept = length > 0 && Character.isHighSurrogate(piece[length - 1]) ? 1 : 0;
            out.print(safe(new String(piece, 0, length - kept), "\n\t"));
            if (kept == 1) {
                piece[0] = piece[length - 1];
            }
        }
        out.print(safe(new String(piece, 0, kept)));
    }

    /** Prints a line that may hold foreign text. */
    void line(String text) {
        out.println(safe(text));
    }
}

package dev.stemma.api.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class TerminalTest {

    private final ByteArrayOutputStream printed = new ByteArrayOutputStream();
    private final PrintStream out = new PrintStream(printed, true, StandardCharsets.UTF_8);
    private final Terminal terminal = new Terminal(out, out, true, 80);

    @Test
    void whatCouldDoSomethingToATerminalIsShownAsItsNumber() {
        assertThat(Terminal.safe("a\033[31mb\u202ec\n")).isEqualTo("a\\x1b[31mb\\u{202e}c\\x0a");
    }

    @Test
    void streamedTextKeepsItsLinesAndTabsAndWhatMerelyLooksEscaped() throws IOException {
        terminal.stream(new StringReader("one\ttwo\n\\x09 stays\n\033[2J"));
        assertThat(printed()).isEqualTo("one\ttwo\n\\x09 stays\n\\x1b[2J");
    }

    @Test
    void aCharacterOnTheEdgeOfAPieceArrivesWhole() throws IOException {
        String text = "x".repeat(8_191) + "😀" + "y".repeat(8_190) + "😀z";
        terminal.stream(new StringReader(text));
        assertThat(printed()).isEqualTo(text);
    }

    @Test
    void halfACharacterAtTheEndIsShownAsItsNumber() throws IOException {
        terminal.stream(new StringReader("x\ud83d"));
        assertThat(printed()).isEqualTo("x\\u{d83d}");
    }

    private String printed() {
        return printed.toString(StandardCharsets.UTF_8);
    }
}

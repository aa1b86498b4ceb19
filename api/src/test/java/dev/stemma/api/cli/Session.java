package dev.stemma.api.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stemma.api.home.Home;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/** The command line in this process, with what it printed and how it ended. */
public record Session(Home home) {

    /** What a command left. */
    public record Result(int code, String out, String err, byte[] bytes) {

        /** All of it, for messages of failed tests. */
        @Override
        public String toString() {
            return "exit " + code + "\n" + out + err;
        }
    }

    public Result run(String... arguments) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        Terminal terminal = new Terminal(
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8),
                false,
                Integer.MAX_VALUE);
        int code = Stemma.run(terminal, home, arguments);
        terminal.out().flush();
        return new Result(
                code, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8), out.toByteArray());
    }

    /** Runs what has to end well. */
    public Result done(String... arguments) {
        Result result = run(arguments);
        assertThat(result.code()).as(result.toString()).isZero();
        return result;
    }

    /** Runs what has to be refused, with these words. */
    public Result refused(int code, String words, String... arguments) {
        Result result = run(arguments);
        assertThat(result.code()).as(result.toString()).isEqualTo(code);
        assertThat(result.err()).contains(words);
        return result;
    }
}

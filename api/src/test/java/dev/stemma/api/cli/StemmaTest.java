package dev.stemma.api.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stemma.api.home.Home;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StemmaTest {

    @TempDir
    private Path directory;

    private Session stemma = new Session(new Home(Path.of("/nonexistent")));

    @BeforeEach
    void anEmptyHome() {
        stemma = new Session(new Home(directory.resolve("home")));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "up",
                "down",
                "status",
                "index",
                "jobs",
                "images",
                "show",
                "ls",
                "stat",
                "cat",
                "packages",
                "search",
                "drift",
                "similar",
                "clusters",
                "tree",
                "history",
                "chains",
                "report",
                "cypher",
                "graphql",
                "sparql"
            })
    void everyCommandHelpsWithAnExampleOfItself(String command) {
        Session.Result help = stemma.run(command, "--help");
        assertThat(help.code()).as(help.toString()).isZero();
        assertThat(help.out()).contains("Usage: stemma " + command).contains("  stemma " + command);
        assertThat(help.out().split("Example", -1)).as("an example").hasSizeGreaterThan(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"status", "images", "jobs", "packages", "chains"})
    void withoutAServiceEachCommandSaysHowToStartIt(String command) {
        Session.Result result = stemma.run(command);
        assertThat(result.code()).isEqualTo(1);
        assertThat(result.err()).isEqualTo("stemma: the service isn't running. run: stemma up\n");
        assertThat(result.out()).isEmpty();
    }

    @Test
    void calledWithNothingItHelps() {
        Session.Result result = stemma.run();
        assertThat(result.code()).isZero();
        assertThat(result.out())
                .contains("search")
                .contains("Exit codes: 0 done")
                .doesNotContain("serve");
    }

    @Test
    void aWrongOptionIsAUsageErrorInOneLine() {
        Session.Result result = stemma.run("images", "--nope");
        assertThat(result.code()).isEqualTo(2);
        assertThat(result.err())
                .startsWith("stemma: ")
                .endsWith("See: stemma images --help\n")
                .hasLineCount(1);
    }

    @Test
    void anUnknownCommandIsAUsageErrorThatSaysWhatMayHaveBeenMeant() {
        Session.Result result = stemma.run("imagse");
        assertThat(result.code()).isEqualTo(2);
        assertThat(result.err())
                .startsWith("stemma: there is no command imagse. Did you mean images")
                .endsWith(". See: stemma --help\n")
                .hasLineCount(1);
        assertThat(stemma.run("zzz").err()).isEqualTo("stemma: there is no command zzz. See: stemma --help\n");
    }

    @Test
    void theListOfCommandsTellsEachInWholeSentences() {
        String list = stemma.run("--help").out().split("Commands:\n|\nExamples:", -1)[1];
        assertThat(list.split("\n(?=  [a-z])", -1))
                .hasSizeGreaterThan(40)
                .allSatisfy(command -> assertThat(command.strip()).endsWith("."));
    }

    @Test
    void aMissingArgumentIsAUsageError() {
        assertThat(stemma.run("show").code()).isEqualTo(2);
        assertThat(stemma.run("unmount").err()).startsWith("stemma: Missing required argument ");
    }

    @Test
    void aLimitThatIsNoTimeIsAUsageError() throws java.io.IOException {
        Session.Result result = stemma.run("index", "--time-limit", "soon", "/x");
        assertThat(result.code()).isEqualTo(2);
        assertThat(result.err()).contains("Write 90s, 30m or 2h");
    }

    @Test
    void downWithoutAServiceIsDoneAndPurgesNothingThatIsNotItsOwn() throws java.io.IOException {
        assertThat(stemma.run("down").code()).isZero();
        java.nio.file.Files.createDirectories(directory.resolve("home"));
        java.nio.file.Files.writeString(directory.resolve("home/thesis.txt"), "mine");
        Session.Result result = stemma.run("down", "--purge", "--yes");
        assertThat(result.code()).as(result.toString()).isEqualTo(5);
        assertThat(directory.resolve("home/thesis.txt")).exists();
    }
}

package dev.stemma.docs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class ExampleTest {

    private static final Path PAGE = Path.of("page.adoc");

    @Test
    void aBlockHoldsCommandsEachWithItsOutput() {
        List<Example> examples = Example.of(
                PAGE,
                "text\n\n[source,console]\n----\n$ stemma ls \\\n  web /\nbin\n…\n$ stemma images\n----\n\n$ not one\n");
        assertThat(examples)
                .containsExactly(
                        new Example(PAGE, 5, "stemma ls web /", List.of("bin", "…")),
                        new Example(PAGE, 9, "stemma images", List.of()));
    }

    @Test
    void shownOutputMatchesWithDotsForAnything() {
        Example example = new Example(PAGE, 1, "stemma images", List.of("NAME  OS", "…", "web   Debian … (bookworm)"));
        assertThat(example.pattern()
                        .matcher("NAME OS\nbase x\n  web  Debian GNU/Linux 12 (bookworm)\n")
                        .lookingAt())
                .isTrue();
        assertThat(example.pattern().matcher("NAME OS\nbase x\nweb  Ubuntu\n").lookingAt())
                .isFalse();
    }

    @Test
    void aBlockWithoutACommandIsAMistake() {
        assertThatThrownBy(() -> Example.of(PAGE, "[source,console]\n----\nbin\n----\n"))
                .hasMessageContaining("page.adoc:3");
    }
}

package dev.stemma.ingest.analyze.software;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ProgramTest {

    private static final String[] MODULES = {
        "pkg:golang/example.org/dep@v0.1.0",
        "pkg:golang/example.org/m@v1.2.3",
        "pkg:golang/example.org/new@v2.0.0",
        "pkg:golang/stdlib@1.17.13"
    };

    @Test
    void goWroteAddressesBeforeItWroteTexts() throws Exception {
        for (boolean wide : new boolean[] {true, false}) {
            for (boolean little : new boolean[] {true, false}) {
                for (boolean inline : new boolean[] {true, false}) {
                    assertThat(new Shown()
                                    .with("/usr/bin/x", CraftedProgram.go(wide, little, inline))
                                    .purls())
                            .as("wide %s, little %s, inline %s", wide, little, inline)
                            .containsExactly(MODULES);
                }
            }
        }
    }

    @Test
    void rustPrograms() throws Exception {
        assertThat(new Shown().with("/usr/bin/x", CraftedProgram.rust()).purls())
                .containsExactly("pkg:cargo/a@1.0.0");
    }

    @Test
    void archivesWithWideDirectories() throws Exception {
        assertThat(new Shown().with("/x.jar", CraftedArchive.wide()).purls())
                .containsExactly("pkg:maven/g/a@1", "pkg:maven/g/i@1");
    }
}

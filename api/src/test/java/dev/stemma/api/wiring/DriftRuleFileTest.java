package dev.stemma.api.wiring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stemma.queries.drift.rules.DriftRules;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class DriftRuleFileTest {

    @TempDir
    Path directory;

    @Test
    void aFileTakesThePlaceOfTheRulesThatComeWithStemma() throws IOException {
        Path file = directory.resolve("drift-rules.yaml");
        assertThat(DriftRuleFile.read(file)).isSameAs(DriftRules.SHIPPED);
        Files.writeString(
                file,
                DriftRules.SHIPPED.text().replace("version: 1", "version: 7").replace("/var/log/**", "/srv/log/**"));
        DriftRules rules = DriftRuleFile.read(file);
        assertThat(rules.version()).isEqualTo(7);
        assertThat(rules.noise("/srv/log/x", false)).isPresent();
        assertThat(rules.noise("/var/log/x", false)).isEmpty();
    }

    @Test
    void aFileThatCannotBeUsedIsAnErrorThatNamesItAndThePlace() throws IOException {
        Path file = Files.writeString(
                directory.resolve("drift-rules.yaml"), DriftRules.SHIPPED.text().replace("other: 0.1", "other: 10"));
        assertThatThrownBy(() -> DriftRuleFile.read(file))
                .hasMessageContaining(file.toString())
                .hasMessageContaining("aspects: a weight is a number from 0 to 1, not 10")
                .hasMessageContaining("take the file away");
        Files.writeString(file, "#".repeat(2 << 20));
        assertThatThrownBy(() -> DriftRuleFile.read(file)).hasMessageContaining("longer than");
    }
}

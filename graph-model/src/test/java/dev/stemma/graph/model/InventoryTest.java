package dev.stemma.graph.model;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stemma.graph.id.Digest;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class InventoryTest {

    @Test
    void aPackageOfWhichOnlySettingsAreLeftIsNotCounted() {
        Inventory inventory = new Inventory(
                Digest.sha256(new byte[0]),
                Level.BASIC,
                List.of(),
                List.of(),
                List.of(
                        inState("installed"),
                        inState("config-files"),
                        inState("half-configured"),
                        inState("not-installed")),
                List.of(),
                Optional.empty(),
                Inventory.Counts.NONE,
                List.of(),
                List.of(),
                List.of());
        assertThat(inventory.packagesPresent()).isEqualTo(2);
    }

    private static InstalledPackage inState(String state) {
        return new InstalledPackage(
                "pkg:deb/debian/" + state + "@1?arch=all",
                "deb",
                state,
                "1",
                "all",
                state,
                false,
                Optional.empty(),
                Optional.empty(),
                List.of());
    }
}

package dev.stemma.api.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stemma.api.home.Home;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LocalTokenTest {

    @TempDir
    private Path directory;

    private Home home = new Home(Path.of("/nonexistent"));

    @BeforeEach
    void aHome() throws IOException {
        home = new Home(directory.resolve("home"));
        home.create();
    }

    @Test
    void theTokenIs256BitsThatOnlyItsOwnerCanReadAndItStays() throws IOException {
        LocalToken token = LocalToken.of(home);
        String text = Files.readString(home.token()).strip();
        assertThat(text).matches("[0-9a-f]{64}");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(home.token())))
                .isEqualTo("rw-------");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(home.root())))
                .isEqualTo("rwx------");
        assertThat(token.matches(text)).isTrue();
        assertThat(LocalToken.of(home).matches(text)).isTrue();
    }

    @Test
    void nothingElseMatches() throws IOException {
        LocalToken token = LocalToken.of(home);
        String text = Files.readString(home.token()).strip();
        assertThat(token.matches("")).isFalse();
        assertThat(token.matches(text.substring(1))).isFalse();
        assertThat(token.matches(text + "0")).isFalse();
        assertThat(token.matches("0".repeat(64))).isFalse();
    }

    @Test
    void aTokenThatOthersCanReadIsRefused() throws IOException {
        LocalToken.of(home);
        Files.setPosixFilePermissions(home.token(), PosixFilePermissions.fromString("rw-r--r--"));
        assertThatThrownBy(() -> LocalToken.of(home)).hasMessageContaining("chmod 600");
    }

    @Test
    void eachRoleReachesAllBelowIt() {
        assertThat(Role.VIEWER.reach()).containsExactly("viewer");
        assertThat(Role.ADMINISTRATOR.reach()).containsExactly("viewer", "librarian", "administrator");
    }
}

package dev.stemma.api.home;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AllowedDirectoriesTest {

    @TempDir
    private Path directory;

    private Home home = new Home(Path.of("/nonexistent"));

    @BeforeEach
    void aHome() throws IOException {
        home = new Home(directory.toRealPath().resolve("home"));
        home.create();
    }

    @Test
    void onlyListedDirectoriesAreAllowedAndAdditionsStay() throws IOException {
        Path images = Files.createDirectory(directory.resolve("images")).toRealPath();
        AllowedDirectories allowed = new AllowedDirectories(home);
        assertThat(allowed.allows(images.resolve("a.raw"))).isFalse();
        allowed.allow(images);
        allowed.allow(images);
        assertThat(new AllowedDirectories(home).allows(images.resolve("sub/a.raw")))
                .isTrue();
        assertThat(allowed.allows(images.resolveSibling("images-of-others/a.raw")))
                .isFalse();
        assertThat(Files.readAllLines(home.configuration().resolve("directories")).stream()
                        .filter(images.toString()::equals))
                .hasSize(1);
    }

    @Test
    void aDirectoryIsAllowedByWhereItReallyLies() throws IOException {
        Path real = Files.createDirectory(directory.resolve("real")).toRealPath();
        Path link = Files.createSymbolicLink(directory.resolve("link"), real);
        AllowedDirectories allowed = new AllowedDirectories(home);
        allowed.allow(link);
        assertThat(allowed.list()).contains(real).doesNotContain(link);
    }

    @Test
    void whatIsNoDirectoryIsNotAllowed() throws IOException {
        Path file = Files.createFile(directory.resolve("file"));
        AllowedDirectories allowed = new AllowedDirectories(home);
        assertThatThrownBy(() -> allowed.allow(file)).isInstanceOf(IOException.class);
        assertThatThrownBy(() -> allowed.allow(directory.resolve("absent"))).isInstanceOf(IOException.class);
    }

    @Test
    void theHomeIsWhereTheEnvironmentSays() {
        assertThat(Home.of(Map.of("STEMMA_HOME", "/srv/s")).root()).isEqualTo(Path.of("/srv/s"));
        assertThat(Home.of(Map.of("XDG_DATA_HOME", "/srv/x")).root()).isEqualTo(Path.of("/srv/x/stemma"));
        assertThat(Home.of(Map.of()).root()).isEqualTo(Path.of(System.getProperty("user.home"), ".local/share/stemma"));
    }

    @Test
    void oneServiceADataDirectory() throws IOException {
        ServiceLock lock = ServiceLock.take(home).orElseThrow();
        assertThat(ServiceLock.take(home)).isEmpty();
        assertThat(ServiceLock.held(home)).isTrue();
        lock.close();
        assertThat(ServiceLock.held(home)).isFalse();
    }
}

package dev.stemma.api.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stemma.api.home.AllowedDirectories;
import dev.stemma.api.home.Home;
import dev.stemma.api.problem.ProblemException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ImagePathsTest {

    @TempDir
    private Path directory;

    private AllowedDirectories allowed = new AllowedDirectories(new Home(Path.of("/nonexistent")));

    @BeforeEach
    void aHome() throws IOException {
        Home home = new Home(directory.toRealPath().resolve("home"));
        home.create();
        allowed = new AllowedDirectories(home);
    }

    private String folder(String name, int images) throws IOException {
        Path folder = Files.createDirectory(directory.toRealPath().resolve(name));
        for (int i = 0; i < images; i++) {
            Files.writeString(folder.resolve(i + ".raw"), "disk");
        }
        allowed.allow(folder);
        return folder.toString();
    }

    @Test
    void aDirectoryStandsForItsImages() throws IOException {
        String folder = folder("one", 2);
        ImagePaths found = ImagePaths.in(List.of(folder, folder + "/1.raw", "/elsewhere", "/x.raw"), allowed);
        assertThat(found.paths()).containsExactly(folder + "/0.raw", folder + "/1.raw", "/elsewhere", "/x.raw");
        assertThat(found.passedOver()).isEmpty();
    }

    @Test
    void aJobHasABound() throws IOException {
        String one = folder("one", 501);
        String other = folder("other", 500);
        assertThatThrownBy(() -> ImagePaths.in(List.of(one, other), allowed))
                .isInstanceOf(ProblemException.class)
                .hasMessageContaining("1,001 images");
        String many = folder("many", 1_001);
        assertThatThrownBy(() -> ImagePaths.in(List.of(many), allowed))
                .isInstanceOf(ProblemException.class)
                .hasMessageContaining("more than one job takes");
    }
}

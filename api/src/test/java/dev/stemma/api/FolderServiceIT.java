package dev.stemma.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.stemma.api.cli.Session;
import dev.stemma.api.home.Home;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Directories of images, by command. */
class FolderServiceIT {

    @TempDir
    Path temporary;

    private Session stemma = new Session(new Home(Path.of("/nonexistent")));

    @BeforeEach
    void aService() throws Exception {
        stemma = new Session(new Home(temporary.toRealPath().resolve("home")));
        stemma.done("up", "--port", "0", "--wait", "300");
    }

    @AfterEach
    void theServiceEnds() {
        assertThat(stemma.run("down").code()).isZero();
    }

    @Test
    void theImagesOfADirectoryAreIndexedAndTheRestIsNamed() throws Exception {
        TestImages images =
                TestImages.build(Files.createDirectory(temporary.toRealPath().resolve("images")));
        Path folder = images.directory();
        Path empty = Files.createDirectory(folder.resolve("empty"));
        Files.writeString(folder.resolve("notes\u001b[31m.txt"), "words");
        Files.createDirectory(folder.resolve("old"));
        Files.writeString(folder.resolve("old/bad.vmdk"), "no disk");
        stemma.refused(5, "outside of the allowed directories", "index", folder.toString());

        Session.Result run = stemma.run("index", "--allow", folder.toString(), folder.toString());

        assertThat(run.err())
                .contains("passed over", "notes\\x1b[31m.txt", "1 of ")
                .doesNotContain("\u001b[31m");
        assertThat(run.code()).as("one of them is bad").isNotZero();
        assertThat(Http.json(stemma, "images").path("items"))
                .extracting(image -> image.path("location").asText())
                .contains(images.base().toString(), images.other().toString());
        JsonNode job = Http.json(stemma, "jobs").path("items").path(0);
        JsonNode passedOver = job.path("request").path("passedOver");
        assertThat(passedOver.path("paths"))
                .extracting(JsonNode::asText)
                .contains(folder.resolve("notes\u001b[31m.txt").toString())
                .hasSize(passedOver.path("count").asInt());
        assertThat(job.path("items"))
                .extracting(item -> item.path("path").asText())
                .contains(folder.resolve("old/bad.vmdk").toString());
        stemma.refused(2, "holds no disk image; it is empty", "index", empty.toString());
    }
}

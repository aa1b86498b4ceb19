package dev.stemma.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.stemma.api.cli.Session;
import dev.stemma.api.home.Home;
import dev.stemma.api.home.ServiceFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Start, kill, restart, end. */
@Timeout(1800)
class ServiceLifecycleIT {

    @TempDir
    private Path directory;

    private Session stemma = new Session(new Home(Path.of("/nonexistent")));

    @BeforeEach
    void aService() throws Exception {
        stemma = new Session(new Home(directory.toRealPath().resolve("home")));
        up();
    }

    @AfterEach
    void nothingIsLeft() throws Exception {
        stemma.run("down", "--purge", "--yes");
        assertThat(stemma.home().root()).doesNotExist();
    }

    private void up() throws Exception {
        Session.Result up = stemma.run("up", "--port", "0", "--wait", "300");
        assertThat(up.code()).as(() -> up + log()).isZero();
    }

    private String log() {
        try {
            return Files.readString(stemma.home().logs().resolve("service.log"));
        } catch (java.io.IOException e) {
            return e.toString();
        }
    }

    private JsonNode ended(String job) throws Exception {
        for (int i = 0; i < 2_400; i++) {
            JsonNode state = Http.of(stemma.home()).get("/api/v1/jobs/" + job).json();
            if (!List.of("queued", "running").contains(state.path("state").asText())) {
                return state;
            }
            TimeUnit.MILLISECONDS.sleep(100);
        }
        throw new AssertionError("the job does not end\n" + log());
    }

    private String submit(List<String> paths, Path allow) throws Exception {
        Http.Answer accepted = Http.of(stemma.home())
                .postJson("/api/v1/jobs", Map.of("paths", paths, "allow", List.of(allow.toString())));
        assertThat(accepted.status()).as(accepted.text()).isEqualTo(202);
        return accepted.json().path("id").asText();
    }

    @Test
    void killingTheServiceLosesNoAcceptedJob() throws Exception {
        TestImages images = TestImages.build(Files.createDirectory(directory.resolve("images")));
        List<String> paths = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            paths.addAll(List.of(
                    images.base().toString(),
                    images.web().toString(),
                    images.other().toString()));
        }
        String first = submit(paths, images.directory());
        String second = submit(List.of(images.other().toString()), images.directory());
        long pid = ServiceFile.find(stemma.home()).orElseThrow().pid();
        ProcessHandle service = ProcessHandle.of(pid).orElseThrow();
        service.destroyForcibly();
        service.onExit().get(5, TimeUnit.MINUTES);
        assertThat(stemma.run("status").code()).isEqualTo(1);
        up();
        assertThat(ended(first).path("state").asText()).isEqualTo("done");
        assertThat(ended(second).path("state").asText()).isEqualTo("done");
        TreeSet<String> names = new TreeSet<>();
        Http.of(stemma.home())
                .get("/api/v1/images")
                .json()
                .path("items")
                .forEach(image -> names.add(image.path("name").asText()));
        assertThat(names).containsExactly("base", "other", "web");
    }

    @Test
    void aCancelledJobEndsAndTheNextOneRuns() throws Exception {
        TestImages images = TestImages.build(Files.createDirectory(directory.resolve("images")));
        String job = submit(Collections.nCopies(500, images.base().toString()), images.directory());
        Session.Result cancelled = stemma.run("jobs", job, "--cancel");
        assertThat(cancelled.code()).as(cancelled.toString()).isZero();
        assertThat(ended(job).path("state").asText()).isEqualTo("cancelled");
        assertThat(stemma.run("jobs", job, "--cancel").code()).isEqualTo(6);
        assertThat(stemma.run("index", images.web().toString()).code()).isZero();
        Http.Answer events = Http.of(stemma.home()).get("/api/v1/jobs/" + job + "/events");
        assertThat(events.type()).startsWith("text/event-stream");
        assertThat(events.text()).contains("event: job").contains("\"state\":\"cancelled\"");
    }

    @Test
    void aSecondServiceOnTheSameDataIsRefusedAndDownEndsTheFirst() throws Exception {
        Session.Result second = stemma.run("serve", "--port", "0");
        assertThat(second.code()).as(second.toString()).isEqualTo(6);
        assertThat(second.err())
                .contains("another service runs on " + stemma.home().root());
        assertThat(stemma.run("status").code()).isZero();
        long pid = ServiceFile.find(stemma.home()).orElseThrow().pid();
        assertThat(stemma.run("down").code()).isZero();
        assertThat(ProcessHandle.of(pid).map(ProcessHandle::isAlive).orElse(false))
                .isFalse();
        assertThat(stemma.run("status").err()).contains("run: stemma up");
        Session.Result unasked = stemma.run("down", "--purge");
        assertThat(unasked.code()).as(unasked.toString()).isEqualTo(2);
        assertThat(stemma.home().root()).exists();
    }
}

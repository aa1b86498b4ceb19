package dev.stemma.ingest.content;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stemma.graph.id.Digest;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Processes that write into a store and collect its garbage are killed at random moments; what they said is in is in, and whole. */
class StoreCrashIT {

    private static final int KILLS = 24;
    private static final long SEED = 20_261_129;

    @TempDir
    Path directory;

    @Test
    void afterKillsAtRandomMomentsAllThatWasAcknowledgedIsWhole() throws Exception {
        Random random = new Random(SEED);
        Set<Digest> images = new HashSet<>();
        long acknowledged = 0;
        for (int kill = 0; kill < KILLS; kill++) {
            acknowledged += run(random, images, kill % 2 == 0);
            try (ContentStore store = ContentStore.open(directory)) {
                assertThat(store.roots().all())
                        .as("seed %d, kill %d", SEED, kill)
                        .containsAll(images);
                assertThat(StoreCheck.run(store, 1, 0).damages())
                        .as("seed %d, kill %d", SEED, kill)
                        .isEmpty();
                for (Digest image : images) {
                    requireWhole(store, image);
                }
                images.addAll(store.roots().all());
            }
        }
        assertThat(acknowledged).isGreaterThanOrEqualTo(KILLS / 2);
    }

    /**
     * Gives how many images the process acknowledged until it was killed.
     *
     * @param late whether it is killed some time after its first image, else some time after its start
     */
    private long run(Random random, Set<Digest> images, boolean late) throws Exception {
        Process process = new ProcessBuilder(
                        ProcessHandle.current().info().command().orElseThrow(),
                        "--enable-native-access=ALL-UNNAMED",
                        "-cp",
                        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                        StoreProcess.class.getName(),
                        directory.toString(),
                        String.valueOf(random.nextLong()))
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        long acknowledged = 0;
        try (BufferedReader lines =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.US_ASCII))) {
            assertThat(lines.readLine()).isEqualTo("open");
            int delay = random.nextInt(late ? 200 : 600);
            if (!late) {
                killAfter(process, delay);
            }
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (line.matches("[+-] [0-9a-f]{64}")) {
                    Digest image = Digest.parse(line.substring(2));
                    if (line.startsWith("+")) {
                        images.add(image);
                        acknowledged++;
                    } else {
                        images.remove(image);
                    }
                    if (late && acknowledged == 1) {
                        killAfter(process, delay);
                    }
                }
            }
            assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
        }
        return acknowledged;
    }

    /** By its handle: the process itself would close the stream that what it said is read from. */
    private static void killAfter(Process process, int millis) {
        CompletableFuture.delayedExecutor(millis, TimeUnit.MILLISECONDS).execute(process.toHandle()::destroyForcibly);
    }

    private static void requireWhole(ContentStore store, Digest image) throws IOException {
        for (ImageManifest.Disk disk : store.roots().read(image).disks()) {
            DiskManifestReader runs = new DiskManifestReader(store, disk.manifest());
            for (Optional<DiskRun> run = runs.next(); run.isPresent(); run = runs.next()) {
                DiskRun.Part part = (DiskRun.Part) run.get();
                MessageDigest sha256 = Digest.newSha256();
                sha256.update(store.content(part.content()).stream().readAllBytes());
                assertThat(List.of(Digest.of(sha256.digest()))).containsExactly(part.content());
            }
        }
    }
}

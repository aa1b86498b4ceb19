package dev.stemma.ingest.analyze.software;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stemma.graph.model.InstalledPackage;
import dev.stemma.graph.model.Observation;
import dev.stemma.ingest.analyze.Findings;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Thousands of damaged programs, archives and texts: each ends in an answer or a problem, in bounded time, and never in an
 * exception of Java's own. The seed of a failure is in its message; {@code -Dseed=N} begins there.
 */
@Timeout(120)
class SoftwareFuzzTest {

    private static final long FIRST = Long.getLong("seed", 1);
    private static final int COUNT = Integer.getInteger("fuzz.count", 3_000);

    @Test
    void damagedPrograms() throws Exception {
        for (byte[] program : List.of(
                CraftedProgram.go(true, true, true),
                CraftedProgram.go(true, true, false),
                CraftedProgram.go(false, false, false),
                CraftedProgram.rust())) {
            fuzz("/usr/bin/x", program, CraftedProgram.TELLING_BYTES);
        }
    }

    @Test
    void damagedArchives() throws Exception {
        fuzz("/x.jar", CraftedArchive.jar(), Integer.MAX_VALUE);
        fuzz("/x.jar", CraftedArchive.wide(), Integer.MAX_VALUE);
    }

    @Test
    void damagedTexts() throws Exception {
        fuzz(
                "/node_modules/x/package.json",
                bytes("{\"name\":\"x\",\"n\":[1,{\"a\":\"\\u0041\"}],\"version\":\"1.0\"}"));
        fuzz("/composer/installed.json", bytes("{\"packages\":[{\"name\":\"a/b\",\"version\":\"1\",\"x\":{}}]}"));
        fuzz("/x.dist-info/METADATA", bytes("Metadata-Version: 2.1\nName: x\nVersion: 1\nSummary: a\n b\n\nbody"));
        fuzz("/specifications/x.gemspec", bytes("# stub: x 1 ruby lib\n\nGem::Specification.new { s.name = \"x\" }"));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(java.nio.charset.StandardCharsets.UTF_8);
    }

    private static void fuzz(String path, byte[] original) throws Exception {
        fuzz(path, original, Integer.MAX_VALUE);
    }

    private static void fuzz(String path, byte[] original, int telling) throws Exception {
        assertThat(new Shown().with(path, original).purls()).as(path).isNotEmpty();
        for (long seed = FIRST; seed < FIRST + COUNT; seed++) {
            byte[] damaged = damaged(original, new SplittableRandom(seed), Math.min(telling, original.length));
            if (damaged.length == 0) {
                continue;
            }
            Findings found = new Shown().with(path, damaged).search();
            assertThat(found.observations()).as("seed %d, %s", seed, path).noneMatch(one -> one.code()
                    .equals("reader-failed"));
            for (InstalledPackage one : found.packages()) {
                assertThat(one.name() + one.version()).as("seed %d", seed).matches("[ -~]*");
            }
            for (Observation one : found.observations()) {
                assertThat(one.message()).as("seed %d", seed).matches("[\\P{Cntrl}]*");
            }
        }
    }

    private static byte[] damaged(byte[] original, SplittableRandom random, int telling) {
        byte[] bytes = original.clone();
        switch (random.nextInt(5)) {
            case 0 -> bytes = Arrays.copyOf(bytes, random.nextInt(bytes.length));
            case 1 -> {
                int start = random.nextInt(telling);
                Arrays.fill(bytes, start, Math.min(bytes.length, start + random.nextInt(1, 64)), (byte)
                        random.nextInt(256));
            }
            case 2 -> {
                for (int i = random.nextInt(1, 20); i > 0; i--) {
                    bytes[random.nextInt(telling)] ^= (byte) (1 << random.nextInt(8));
                }
            }
            case 3 -> {
                int from = random.nextInt(telling);
                int to = random.nextInt(telling);
                int length = Math.min(random.nextInt(1, 100), bytes.length - Math.max(from, to));
                System.arraycopy(original, from, bytes, to, length);
            }
            default -> {
                int at = random.nextInt(telling);
                for (int i = at; i < Math.min(bytes.length, at + 8); i++) {
                    bytes[i] = (byte) (random.nextBoolean() ? 0xff : 0x7f);
                }
            }
        }
        return bytes;
    }
}

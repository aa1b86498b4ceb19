package dev.stemma.queries.version;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Debian's own tool says what is older; needs {@code dpkg}. */
final class DebianVersionOracleIT {

    private static final String[] PIECES = {
        "0", "1", "2", "9", "10", "007", "00", ".", "-", "+", "~", "~~", "a", "b", "z", "A", "rc", "deb12u1", "+b2",
        "~bpo", "~rc1"
    };
    private static final List<String> KNOWN = List.of(
            "1.0",
            "1.0-1",
            "1.0-0",
            "1:0.5",
            "0:1.0",
            "1.0~rc1-1",
            "1.0~~",
            "1.0~",
            "1.0a",
            "1.0+b1",
            "1.00",
            "1.0-1.1",
            "2:1.0-1",
            "10.0",
            "9.9",
            "1.0-1-2",
            "1.0.0",
            "1.0.",
            "5.2.15-2+b8",
            "5.2.15-2+b10",
            "12",
            "12~",
            "0");

    @Test
    void theOrderIsThatOfDpkg() throws Exception {
        long seed = Long.getLong("seed", 20_261_128L);
        System.out.println("seed " + seed + " (replay with -Dseed=" + seed + ")");
        Random random = new Random(seed);
        List<String[]> pairs = new ArrayList<>();
        for (String a : KNOWN) {
            for (String b : KNOWN) {
                pairs.add(new String[] {a, b});
            }
        }
        for (int i = 0; i < 3_000; i++) {
            String a = version(random);
            pairs.add(new String[] {a, random.nextInt(3) == 0 ? version(random) : mutated(a, random)});
        }
        List<Integer> expected = dpkg(pairs);
        for (int i = 0; i < pairs.size(); i++) {
            assertThat(Integer.signum(DebianVersion.compare(pairs.get(i)[0], pairs.get(i)[1])))
                    .as("%s against %s, seed %d", pairs.get(i)[0], pairs.get(i)[1], seed)
                    .isEqualTo(expected.get(i));
        }
    }

    private static String version(Random random) {
        StringBuilder text = new StringBuilder(random.nextInt(8) == 0 ? random.nextInt(3) + ":" : "");
        text.append(random.nextInt(10));
        for (int i = random.nextInt(8); i > 0; i--) {
            text.append(PIECES[random.nextInt(PIECES.length)]);
        }
        return text.toString().endsWith("-") ? text + "1" : text.toString();
    }

    private static String mutated(String version, Random random) {
        int at = 1 + version.indexOf(':') + random.nextInt(version.length() - version.indexOf(':'));
        at = Math.min(Math.max(at, version.indexOf(':') + 2), version.length());
        return version.substring(0, at) + PIECES[random.nextInt(4)] + version.substring(at);
    }

    /** One process for all pairs: a shell loop over two columns; nothing of the pairs is part of the script. */
    private static List<Integer> dpkg(List<String[]> pairs) throws IOException, InterruptedException {
        String script = "while read -r a b; do if dpkg --compare-versions \"$a\" lt \"$b\"; then echo -1;"
                + " elif dpkg --compare-versions \"$a\" gt \"$b\"; then echo 1; else echo 0; fi; done";
        Process process = new ProcessBuilder("sh", "-c", script)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        Thread feeder = Thread.ofVirtual().start(() -> {
            try (Writer in = process.outputWriter(StandardCharsets.UTF_8)) {
                for (String[] pair : pairs) {
                    in.write(pair[0] + " " + pair[1] + "\n");
                }
            } catch (IOException e) {
                throw new java.io.UncheckedIOException(e);
            }
        });
        List<Integer> answers = new ArrayList<>();
        try (BufferedReader out =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            out.lines().forEach(line -> answers.add(Integer.parseInt(line)));
        }
        feeder.join();
        assertThat(process.waitFor()).isZero();
        assertThat(answers).hasSameSizeAs(pairs);
        return answers;
    }
}

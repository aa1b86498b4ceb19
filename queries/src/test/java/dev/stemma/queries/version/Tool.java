package dev.stemma.queries.version;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;

/** What others' programs say of pairs of versions: one process for all of them, a pair a line, an answer a line. */
final class Tool {

    private Tool() {}

    /** Pairs of versions made of pieces, some of them nearly alike. */
    static List<String[]> pairs(List<String> known, String[] pieces, String start, Random random, int count) {
        List<String[]> pairs = new java.util.ArrayList<>();
        for (String a : known) {
            known.forEach(b -> pairs.add(new String[] {a, b}));
        }
        for (int i = 0; i < count; i++) {
            String a = version(pieces, start, random);
            String b =
                    random.nextBoolean() ? version(pieces, start, random) : a + pieces[random.nextInt(pieces.length)];
            pairs.add(new String[] {a, b});
        }
        return pairs;
    }

    private static String version(String[] pieces, String start, Random random) {
        StringBuilder text = new StringBuilder(start + random.nextInt(3));
        for (int i = random.nextInt(5); i > 0; i--) {
            text.append(pieces[random.nextInt(pieces.length)]);
        }
        return text.toString();
    }

    /** Asks the tool and holds the order against its answers; pairs that it answers with {@code ?} are no versions to it. */
    static void agrees(VersionOrder order, List<String[]> pairs, long seed, String debianPackage, String... command)
            throws Exception {
        List<String> answers = ask(pairs, debianPackage, command);
        assertThat(answers).hasSameSizeAs(pairs);
        TreeSet<String> wrong = new TreeSet<>();
        int compared = 0;
        for (int i = 0; i < pairs.size(); i++) {
            String[] pair = pairs.get(i);
            if (!answers.get(i).equals("?")) {
                compared++;
                int ours = Integer.signum(order.compare(pair[0], pair[1]));
                if (ours != Integer.parseInt(answers.get(i))) {
                    wrong.add(pair[0] + " against " + pair[1] + ": " + ours + ", the tool " + answers.get(i));
                }
            }
        }
        assertThat(wrong).as("seed %d", seed).isEmpty();
        assertThat(compared).isGreaterThan(pairs.size() / 4);
    }

    private static List<String> ask(List<String[]> pairs, String debianPackage, String... command) throws Exception {
        if (!Files.isExecutable(Path.of(command[0]))) {
            return fail("the test needs %s: apt-get install %s", command[0], debianPackage);
        }
        Process process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        Thread feeder = Thread.ofVirtual().start(() -> {
            try (Writer in = process.outputWriter(StandardCharsets.UTF_8)) {
                for (String[] pair : pairs) {
                    in.write(pair[0] + " " + pair[1] + "\n");
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        feeder.join();
        assertThat(process.waitFor()).as("%s", debianPackage).isZero();
        return output.lines().toList();
    }
}

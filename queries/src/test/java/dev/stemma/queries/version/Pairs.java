package dev.stemma.queries.version;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Pairs of versions, some known to be hard, most random and near to each other; and the tools that order them. */
record Pairs(long seed, List<String[]> list) {

    /** All pairs of the known ones, and some random ones that are made from pieces. */
    static Pairs of(List<String> known, String[] pieces, int count) {
        long seed = Long.getLong("seed", 20_261_128L);
        System.out.println("seed " + seed + " (replay with -Dseed=" + seed + ")");
        Random random = new Random(seed);
        List<String[]> pairs = new ArrayList<>();
        for (String a : known) {
            for (String b : known) {
                pairs.add(new String[] {a, b});
            }
        }
        for (int i = 0; i < count; i++) {
            String a = version(random, pieces);
            String b = version(random, pieces);
            if (random.nextInt(3) > 0) {
                int at = 1 + random.nextInt(a.length());
                b = a.substring(0, at) + pieces[random.nextInt(pieces.length)] + a.substring(at);
            }
            pairs.add(new String[] {a, b});
        }
        return new Pairs(seed, pairs);
    }

    private static String version(Random random, String[] pieces) {
        StringBuilder text = new StringBuilder(random.nextInt(8) == 0 ? random.nextInt(3) + ":" : "");
        text.append(random.nextInt(10));
        for (int i = random.nextInt(8); i > 0; i--) {
            text.append(pieces[random.nextInt(pieces.length)]);
        }
        return text.append(random.nextBoolean() ? "-" + random.nextInt(3) : "").toString();
    }

    String text() {
        StringBuilder text = new StringBuilder();
        list.forEach(pair -> text.append(pair[0] + " " + pair[1] + "\n"));
        return text.toString();
    }

    /** Holds an order against what a tool said, a number a line. */
    void assertOrder(java.util.Comparator<String> order, List<Integer> expected) {
        assertThat(expected).hasSameSizeAs(list);
        for (int i = 0; i < list.size(); i++) {
            assertThat(Integer.signum(order.compare(list.get(i)[0], list.get(i)[1])))
                    .as("%s against %s, seed %d", list.get(i)[0], list.get(i)[1], seed)
                    .isEqualTo(expected.get(i));
        }
    }

    /** What a command prints, a number a line; the pairs are its input. */
    List<Integer> ask(String... command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        Thread feeder = Thread.ofVirtual().start(() -> {
            try (Writer in = process.outputWriter(StandardCharsets.UTF_8)) {
                in.write(text());
            } catch (IOException e) {
                throw new java.io.UncheckedIOException(e);
            }
        });
        String answers = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        feeder.join();
        assertThat(process.waitFor()).isZero();
        return answers.lines()
                .filter(line -> !line.isBlank())
                .map(Integer::parseInt)
                .toList();
    }
}

package dev.stemma.ingest.filesystem;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stemma.graph.model.Payload;
import dev.stemma.ingest.bytes.ByteSource;
import dev.stemma.ingest.problem.Budget;
import dev.stemma.ingest.problem.ImageProblem;
import java.lang.foreign.MemorySegment;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Reads damaged copies of disks whole, in a JVM with little memory. Arguments: first seed, count, what is known of the format
 * ({@link Header}), images. The damage of one seed is always the same.
 */
public final class DamagedDisks {

    /** Of processor time, which does not depend on what else the machine does. */
    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

    private static final long MAX_MILLIS = 20_000;
    private static final long MAX_ENTRIES = 200_000;
    private static final int FIRST_IMAGE = 3;
    private static final long STRETCH_BYTES = 5_000;
    private static final int[] EXTREMES = {0, 1, -1, Integer.MAX_VALUE, Integer.MIN_VALUE, 0x10000, 0xf30a, 2};

    private DamagedDisks() {}

    /**
     * Where a format's header lies, and which of its bytes must stay for it to be known at all.
     *
     * @param at first byte of the header
     * @param length of it, at least 4
     * @param keep pairs of position and length, from the start of the disk
     */
    public record Header(int at, int length, List<Integer> keep) {

        static Header parse(String text) {
            List<Integer> numbers =
                    Stream.of(text.split(",")).map(Integer::decode).toList();
            return new Header(numbers.get(0), numbers.get(1), numbers.subList(2, numbers.size()));
        }

        @Override
        public String toString() {
            return at + "," + length + keep.stream().map(number -> "," + number).collect(Collectors.joining());
        }
    }

    /**
     * Runs this class in a JVM with a heap of 256 MiB, and fails unless every disk ended in an answer or a problem, some
     * in each. Replay one with {@code -Dstemma.fuzz.seed=SEED -Dstemma.fuzz.count=1}.
     */
    public static void readAll(Header header, long count, List<Path> images) {
        long seed = Long.getLong("stemma.fuzz.seed", 20_261_120L);
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-XX:+UseSerialGC",
                "-XX:+ExitOnOutOfMemoryError",
                "-cp",
                System.getProperty("java.class.path"),
                DamagedDisks.class.getName(),
                Long.toString(seed),
                Long.toString(Long.getLong("stemma.fuzz.count", count)),
                header.toString()));
        images.forEach(image -> command.add(image.toString()));

        String output = Tool.run(command);

        System.out.println("seeds from " + seed + ": " + output.strip());
        assertThat(output).matches("(?s).*refused [1-9].*read in part [1-9].*");
    }

    public static void main(String[] arguments) throws Exception {
        long first = Long.parseLong(arguments[0]);
        long count = Long.parseLong(arguments[1]);
        Header header = Header.parse(arguments[2]);
        List<byte[]> disks = new ArrayList<>();
        for (int i = FIRST_IMAGE; i < arguments.length; i++) {
            disks.add(Files.readAllBytes(Path.of(arguments[i])));
        }
        int refused = 0;
        int partly = 0;
        int whole = 0;
        for (long seed = first; seed < first + count; seed++) {
            int disk = (int) (seed % disks.size());
            long started = THREADS.getCurrentThreadCpuTime();
            try {
                switch (read(new MemorySource(damaged(disks.get(disk), header, new SplittableRandom(seed))))) {
                    case 0 -> whole++;
                    case -1 -> refused++;
                    default -> partly++;
                }
            } catch (Throwable failure) {
                System.out.println("seed " + seed + " on " + arguments[FIRST_IMAGE + disk] + ": " + failure);
                failure.printStackTrace(System.out);
                System.exit(1);
            }
            long millis = (THREADS.getCurrentThreadCpuTime() - started) / 1_000_000;
            if (millis > MAX_MILLIS) {
                System.out.println("seed " + seed + " on " + arguments[FIRST_IMAGE + disk] + " took " + millis
                        + " ms of processor time");
                System.exit(1);
            }
        }
        System.out.println("refused " + refused + ", read in part " + partly + ", read whole " + whole);
    }

    /** Some damage of one kind, where there is something to damage. */
    private static byte[] damaged(byte[] original, Header header, SplittableRandom random) {
        byte[] disk = original.clone();
        switch (random.nextInt(7)) {
            case 0 -> disk = java.util.Arrays.copyOf(disk, random.nextInt(disk.length));
            case 1 -> java.util.Arrays.fill(disk, at(disk, random), disk.length, (byte) 0);
            case 2 -> {
                int start = at(disk, random) & -1024;
                java.util.Arrays.fill(disk, start, Math.min(disk.length, start + 1024), (byte) 0);
            }
            case 3 -> {
                for (int i = random.nextInt(1, 40); i > 0; i--) {
                    disk[at(disk, random)] ^= (byte) (1 << random.nextInt(8));
                }
            }
            case 4 -> {
                for (int i = random.nextInt(1, 20); i > 0; i--) {
                    put(disk, at(disk, random) & -4, EXTREMES[random.nextInt(EXTREMES.length)]);
                }
            }
            case 5 -> {
                for (int i = random.nextInt(1, 4); i > 0; i--) {
                    System.arraycopy(disk, at(disk, random) & -1024, disk, at(disk, random) & -1024, 1024);
                }
            }
            default -> {
                for (int i = random.nextInt(1, 4); i > 0; i--) {
                    put(disk, header.at + (random.nextInt(header.length) & -4), random.nextInt());
                }
                for (int i = 0; i < header.keep.size(); i += 2) {
                    int at = header.keep.get(i);
                    System.arraycopy(original, at, disk, at, header.keep.get(i + 1));
                }
            }
        }
        return disk;
    }

    private static void put(byte[] disk, int at, int value) {
        for (int i = 0; i < 4; i++) {
            disk[at + i] = (byte) (value >>> 8 * i);
        }
    }

    /** A place near which something is stored. */
    private static int at(byte[] disk, SplittableRandom random) {
        for (int tries = 0; ; tries++) {
            int at = random.nextInt(0, disk.length - 1024);
            if (disk[at] != 0 || tries > 10_000) {
                return at;
            }
        }
    }

    /**
     * Lists and reads everything, each file also from its middle.
     *
     * @return 0 when all was read, the count of problems when some was, -1 when nothing was
     */
    static int read(ByteSource disk) {
        int[] problems = {0};
        try (FileSystemReader reader = FileSystems.open(disk, Budget.of(Duration.ofMillis(MAX_MILLIS / 2)))) {
            walk(reader, problems);
            return problems[0] + reader.observations().size();
        } catch (ImageProblem problem) {
            requireWords(problem);
            return -1;
        }
    }

    private static void requireWords(ImageProblem problem) {
        if (problem.code().isEmpty() || problem.getMessage().isEmpty()) {
            throw new AssertionError("a problem without a code", problem);
        }
    }

    private static void walk(FileSystemReader reader, int[] problems) throws ImageProblem {
        Deque<Node> directories = new ArrayDeque<>(List.of(reader.root()));
        long entries = 0;
        while (!directories.isEmpty()) {
            List<Node> nodes;
            try {
                nodes = reader.list(directories.pop());
            } catch (ImageProblem problem) {
                requireWords(problem);
                problems[0]++;
                continue;
            }
            for (Node node : nodes) {
                if (++entries > MAX_ENTRIES) {
                    throw new AssertionError("more entries than the disk has room for");
                }
                if (node.payload() instanceof Payload.Directory) {
                    directories.push(node);
                } else if (node.payload() instanceof Payload.File file) {
                    content(reader, node, file.sizeBytes(), problems);
                    stretch(reader, node, file.sizeBytes(), problems);
                }
            }
        }
    }

    private static void stretch(FileSystemReader reader, Node node, long sizeBytes, int[] problems) {
        long from = sizeBytes / 2;
        long wanted = Math.min(STRETCH_BYTES, sizeBytes - from);
        long[] sent = {0};
        try {
            reader.position(node);
            reader.read(node, from, STRETCH_BYTES, counting(sent));
        } catch (ImageProblem problem) {
            requireWords(problem);
            problems[0]++;
            return;
        }
        if (sent[0] != wanted) {
            throw new AssertionError(node + " gave " + sent[0] + " of " + wanted + " bytes from " + from);
        }
    }

    private static void content(FileSystemReader reader, Node node, long sizeBytes, int[] problems) {
        long[] sent = {0};
        try {
            reader.read(node, counting(sent));
        } catch (ImageProblem problem) {
            requireWords(problem);
            problems[0]++;
            return;
        }
        if (sent[0] != sizeBytes) {
            throw new AssertionError(node + " has " + sizeBytes + " bytes and gave " + sent[0]);
        }
    }

    private static FileSystemReader.ContentSink counting(long[] sent) {
        return new FileSystemReader.ContentSink() {
            @Override
            public void data(MemorySegment bytes) {
                sent[0] += bytes.byteSize();
            }

            @Override
            public void hole(long lengthBytes) {
                sent[0] += lengthBytes;
            }
        };
    }
}

package dev.stemma.ingest.fuzz;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * One target under Jazzer, in a JVM of its own with a fixed heap, so that memory which a number in a header asks for ends it. What
 * the fuzzer has learnt stays in {@code corpus} and is used the next time; what it finds lies in {@code findings}.
 *
 * <p>{@code Fuzzing TARGET SECONDS [INPUT]} runs it by hand; with an input, only that.
 */
public final class Fuzzing {

    private static final String HEAP = "-Xmx320m";
    private static final int TIMEOUT_SECONDS = 600;
    private static final int LONGEST_INPUT = 256;

    /** Below it, the optimizing compiler takes more time than it saves: without it half as much again is run in 3 seconds. */
    private static final int WORTH_OPTIMIZING_SECONDS = 60;

    private final Fuzz target;
    private final Path directory;

    private Fuzzing(Fuzz target, Path directory) {
        this.target = target;
        this.directory = directory;
    }

    /**
     * Makes the target's files and first inputs where they are not there yet.
     *
     * @param above in which the target's own directory lies
     */
    static Fuzzing prepare(Fuzz target, Path above) throws Exception {
        Path directory = above.resolve(target.name());
        Path files = directory.resolve("files");
        Path seeds = directory.resolve("seeds");
        Files.createDirectories(directory.resolve("corpus"));
        Files.createDirectories(directory.resolve("findings"));
        if (!Files.exists(seeds)) {
            Files.createDirectories(files);
            target.make(files);
            int number = 0;
            List<byte[]> first = target.seeds(files);
            Files.createDirectories(seeds);
            for (byte[] seed : first) {
                Files.write(seeds.resolve("seed-" + number++), seed);
            }
        }
        return new Fuzzing(target, directory);
    }

    /** The command that fuzzes for this long, or runs the inputs alone. */
    List<String> command(int seconds, Path... inputs) {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                HEAP,
                "-XX:+UseSerialGC",
                "-XX:+EnableDynamicAgentLoading",
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-D" + FuzzEntry.TARGET + "=" + target.name(),
                "-D" + FuzzEntry.FILES + "=" + directory.resolve("files"),
                "-cp",
                classPath(),
                "com.code_intelligence.jazzer.Jazzer",
                "--target_class=" + FuzzEntry.class.getName(),
                "--instrumentation_includes=dev.stemma.**",
                "--custom_hook_includes=dev.stemma.**",
                "--reproducer_path=" + directory.resolve("findings"),
                "-artifact_prefix=" + directory.resolve("findings") + "/",
                "-timeout=" + TIMEOUT_SECONDS,
                "-rss_limit_mb=0",
                "-print_final_stats=1"));
        if (inputs.length == 0) {
            if (seconds < WORTH_OPTIMIZING_SECONDS) {
                command.add(1, "-XX:TieredStopAtLevel=1");
            }
            if (target instanceof ImageFuzz) {
                command.add("-max_len=" + LONGEST_INPUT);
                command.add("-len_control=10");
            }
            command.add("-max_total_time=" + seconds);
            command.add(directory.resolve("corpus").toString());
            command.add(directory.resolve("seeds").toString());
        }
        Stream.of(inputs).map(Path::toString).forEach(command::add);
        return command;
    }

    /** Jazzer runs in a directory of its own, where relative names lead nowhere. */
    private static String classPath() {
        return Stream.of(System.getProperty("java.class.path").split(File.pathSeparator, -1))
                .map(entry -> Path.of(entry).toAbsolutePath().toString())
                .collect(Collectors.joining(File.pathSeparator));
    }

    /** Starts it; whoever does so waits for it or ends it. */
    Process start(int seconds, Path output) throws IOException {
        return new ProcessBuilder(command(seconds))
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
    }

    Path directory() {
        return directory;
    }

    public static void main(String[] arguments) throws Exception {
        if (arguments.length == 0) {
            Targets.ALL.forEach(target -> System.out.println(target.name()));
            return;
        }
        Path above = Path.of(System.getProperty("stemma.fuzz.directory", "target/fuzz"))
                .toAbsolutePath();
        Fuzzing fuzzing = prepare(Targets.require(arguments[0]), above);
        Path[] inputs = Stream.of(arguments)
                .skip(2)
                .map(Path::of)
                .map(Path::toAbsolutePath)
                .toArray(Path[]::new);
        Process process = new ProcessBuilder(fuzzing.command(Integer.parseInt(arguments[1]), inputs))
                .directory(fuzzing.directory.toFile())
                .inheritIO()
                .start();
        Runtime.getRuntime().addShutdownHook(new Thread(process::destroy));
        System.exit(process.waitFor());
    }
}

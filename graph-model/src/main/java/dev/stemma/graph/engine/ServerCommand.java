package dev.stemma.graph.engine;

import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The command line of the child; no secret is on it. */
final class ServerCommand {

    /** Keep the start silent: what Neo4j opens by reflection, and its native access. */
    static final List<String> ACCESS = List.of(
            "--enable-native-access=ALL-UNNAMED",
            "--sun-misc-unsafe-memory-access=allow",
            "--add-opens=java.base/java.nio=ALL-UNNAMED",
            "--add-opens=java.base/java.io=ALL-UNNAMED",
            "--add-opens=java.base/sun.nio.ch=ALL-UNNAMED",
            "--add-opens=java.base/java.util.concurrent=ALL-UNNAMED");

    private ServerCommand() {}

    static List<String> of(LocalNeo4j.Settings settings) throws IOException {
        Path directory = settings.directory();
        // A cache of classes wants the launcher at the same place each time, whatever the data directory.
        Path launcher = LauncherJar.write(settings);
        String classPath = Stream.concat(ServerJars.list(settings.jars()).stream(), Stream.of(launcher))
                .map(Path::toString)
                .collect(Collectors.joining(File.pathSeparator));
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(ACCESS);
        command.addAll(StartCache.options(settings));
        command.add("-Xmx" + settings.heapMegabytes() + "m");
        command.add("-XX:+UseSerialGC");
        // While a large image is written most of the heap is garbage, and what is collected often is copied often.
        command.add("-Xmn" + settings.heapMegabytes() / 2 + "m");
        command.add("-XX:TieredStopAtLevel=1");
        command.add("-XX:-UsePerfData");
        command.add("-XX:+ExitOnOutOfMemoryError");
        command.add("-XX:ErrorFile=" + directory.resolve("logs").resolve("jvm-crash-%p.log"));
        command.add("-Dfile.encoding=UTF-8");
        command.add("-Djava.awt.headless=true");
        command.add("-cp");
        command.add(classPath);
        command.add(Launcher.class.getName());
        command.add(directory.resolve("child.lock").toString());
        command.add(directory.toString());
        command.add(directory.resolve("conf").toString());
        command.add(Integer.toString(StartCache.stopSeconds(settings)));
        return command;
    }
}

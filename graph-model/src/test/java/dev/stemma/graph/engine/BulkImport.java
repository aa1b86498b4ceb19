package dev.stemma.graph.engine;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/** Makes the store of a local Neo4j out of CSV files before it starts for the first time, with the server's own importer. */
public final class BulkImport {

    private static final long LIMIT_MINUTES = 60;
    private static final int LINES_SHOWN = 20;

    private BulkImport() {}

    /**
     * Makes the store. Nodes are named by numbers; what is wrong with any row ends it.
     *
     * @param settings of the server, whose directory holds no data yet
     * @param files arguments {@code --nodes=Label=file} and {@code --relationships=TYPE=file}
     * @throws EngineException when it fails, with its last words
     */
    public static void run(LocalNeo4j.Settings settings, List<String> files) throws IOException, InterruptedException {
        Path directory = settings.directory();
        PrivateFiles.directory(directory);
        Path configuration = directory.resolve("conf");
        ServerConfiguration.write(configuration, 0, settings);
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(ServerCommand.ACCESS);
        command.addAll(List.of("-Xmx" + settings.heapMegabytes() + "m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"));
        command.add("-cp");
        command.add(ServerJars.list(settings.jars()).stream()
                .map(Path::toString)
                .collect(Collectors.joining(File.pathSeparator)));
        command.addAll(List.of("org.neo4j.cli.AdminTool", "database", "import", "full", "neo4j"));
        command.addAll(List.of("--id-type=integer", "--bad-tolerance=0", "--array-delimiter=;"));
        command.add("--report-file=" + directory.resolve("import.report"));
        command.addAll(files);
        Path words = directory.resolve("import.log");
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .redirectOutput(words.toFile());
        builder.environment().put("NEO4J_HOME", directory.toString());
        builder.environment().put("NEO4J_CONF", configuration.toString());
        Process process = builder.start();
        try {
            boolean ended = process.waitFor(LIMIT_MINUTES, TimeUnit.MINUTES);
            if (!ended || process.exitValue() != 0) {
                List<String> lines = Files.readAllLines(words);
                throw new EngineException("the import of " + files.size() + " files failed: "
                        + String.join("\n", lines.subList(Math.max(0, lines.size() - LINES_SHOWN), lines.size())));
            }
        } finally {
            process.destroyForcibly();
        }
    }
}

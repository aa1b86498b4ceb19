package dev.stemma.ingest.filesystem.guestfs;

import dev.stemma.ingest.problem.Origin;
import dev.stemma.ingest.problem.Unreadable;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * libguestfs as the distribution installed it. Looked for when it is needed, and loaded by the child process only: Stemma
 * itself starts and runs without it.
 *
 * @param jar the Java binding
 * @param nativeDirectory holds its native part
 */
record Installation(Path jar, Path nativeDirectory) {

    /** The Debian packages that an appliance needs. */
    static final String PACKAGES = "apt-get install libguestfs-java supermin linux-image-cloud-amd64";

    private static final Path JARS = Path.of("/usr/share/java");
    private static final List<Path> NATIVE = List.of(
            Path.of("/usr/lib/x86_64-linux-gnu/jni"),
            Path.of("/usr/lib/aarch64-linux-gnu/jni"),
            Path.of("/usr/lib/jni"),
            Path.of("/usr/lib64"));

    /** @throws Unreadable {@code tool-missing} with the packages' names */
    static Installation find(Origin origin) throws Unreadable {
        for (Path directory : NATIVE) {
            if (Files.isReadable(directory.resolve("libguestfs_jni.so"))) {
                try (DirectoryStream<Path> jars = Files.newDirectoryStream(JARS, "libguestfs-[0-9]*.jar")) {
                    for (Path jar : jars) {
                        return new Installation(jar, directory);
                    }
                } catch (IOException none) {
                    break;
                }
            }
        }
        throw new Unreadable(
                "tool-missing",
                origin,
                "reading it takes libguestfs, and its Java binding is not installed",
                "Install it: " + PACKAGES + ".");
    }

    /** Starts the child process, with nothing of our environment but what finds programs. */
    Process start(WorkDirectory work) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx256m",
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "--enable-native-access=ALL-UNNAMED",
                        "-Djava.library.path=" + nativeDirectory,
                        "-cp",
                        own() + ":" + jar,
                        ApplianceMain.class.getName())
                .redirectError(work.log().toFile());
        builder.environment().keySet().retainAll(List.of("PATH", "HOME"));
        builder.environment().merge("PATH", "/usr/sbin:/usr/bin:/sbin:/bin", (path, more) -> path + ":" + more);
        builder.environment().put("LC_ALL", "C.UTF-8");
        builder.environment().put("TMPDIR", work.path().toString());
        return builder.start();
    }

    /** The jar or directory that these classes came from. */
    private static Path own() throws IOException {
        try {
            return Path.of(ApplianceMain.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI());
        } catch (URISyntaxException e) {
            throw new IOException("cannot tell where Stemma's classes are", e);
        }
    }
}

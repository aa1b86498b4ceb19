package dev.stemma.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import dev.stemma.ingest.filesystem.Listed;
import dev.stemma.ingest.filesystem.Tool;
import dev.stemma.ingest.filesystem.TreeListing;
import dev.stemma.ingest.image.ImageRules;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SortedMap;
import java.util.concurrent.TimeUnit;

/** Disks with a real Debian on them, built once by {@code debian-disks.sh} and kept below {@code target}. */
record DebianDisks(Path directory) {

    private static final String MADE_BY = "debian-disks.sh";

    /** Builds what is missing; takes a minute the first time. */
    static synchronized DebianDisks built() {
        Tool.require("mmdebstrap", "mke2fs", "sfdisk", "qemu-img", "setfattr", "getfattr", "perl", "dpkg-query");
        Path directory = Path.of("target", "debian-disks").toAbsolutePath();
        try {
            Path script = Path.of(DebianDisks.class.getResource(MADE_BY).toURI());
            Files.createDirectories(directory);
            Path log = directory.resolve("log");
            Process process = new ProcessBuilder(command(script, directory))
                    .redirectErrorStream(true)
                    .redirectOutput(log.toFile())
                    .start();
            if (!process.waitFor(15, TimeUnit.MINUTES)) {
                process.destroyForcibly();
                return fail("%s did not end; see %s", MADE_BY, log);
            }
            assertThat(process.exitValue())
                    .as(
                            "%s; device nodes and owners take root: run the tests as root, or with sudo at hand",
                            Files.readString(log))
                    .isZero();
            return new DebianDisks(directory.toRealPath());
        } catch (IOException | URISyntaxException e) {
            return fail("the disks could not be built", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return fail("interrupted", e);
        }
    }

    /** Through sudo, unless we are root; what was made is ours then. */
    private static List<String> command(Path script, Path directory) {
        String user = System.getProperty("user.name");
        return user.equals("root")
                ? List.of("sh", script.toString(), directory.toString())
                : List.of(
                        "sudo",
                        "-n",
                        "sh",
                        "-c",
                        "sh \"$1\" \"$2\"; ended=$?; chown -R \"$3\" \"$2\"; exit $ended",
                        "sh",
                        script.toString(),
                        directory.toString(),
                        user);
    }

    Path base() {
        return directory.resolve("base.raw");
    }

    Path copy() {
        return directory.resolve("copy.raw");
    }

    Path overlay() {
        return directory.resolve("overlay.qcow2");
    }

    Path changed() {
        return directory.resolve("changed.raw");
    }

    ImageRules rules() {
        return ImageRules.within(directory);
    }

    /** What GNU find, sha256sum and getfattr say of the tree on {@link #base}. */
    SortedMap<String, Listed> listing() throws IOException {
        return TreeListing.read(directory.resolve("list"));
    }

    /** What dpkg-query says of it: name, version, architecture, state. */
    List<String> packages() throws IOException {
        return Files.readAllLines(directory.resolve("packages"));
    }
}

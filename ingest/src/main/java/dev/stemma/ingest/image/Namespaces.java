package dev.stemma.ingest.image;

import java.io.IOException;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Whether this host lets us put a process into namespaces of its own; some containers do not. Asked once. */
final class Namespaces {

    private static final Logger LOG = LoggerFactory.getLogger(Namespaces.class);
    private static final String PROBE = "own=; [ \"$(id -u)\" = 0 ] || own='--user --map-root-user';"
            + " exec unshare $own --net --ipc --uts --mount --pid --fork --kill-child --"
            + " sh -c 'mount -t tmpfs none /mnt && mount -t proc none /mnt'";

    private static final boolean AVAILABLE = probe();

    private Namespaces() {}

    static boolean available() {
        return AVAILABLE;
    }

    private static boolean probe() {
        try {
            Process process = new ProcessBuilder("bash", "-c", PROBE)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            if (process.waitFor(10, TimeUnit.SECONDS) && process.exitValue() == 0) {
                return true;
            }
            process.destroyForcibly();
        } catch (IOException e) {
            LOG.debug("unshare cannot be run", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        LOG.warn(
                "This host does not allow namespaces: qemu-nbd runs with limits on time and memory, but sees the host's"
                        + " files and network. Headers are vetted all the same.");
        return false;
    }
}

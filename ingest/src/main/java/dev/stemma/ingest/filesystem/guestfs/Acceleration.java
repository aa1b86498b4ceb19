package dev.stemma.ingest.filesystem.guestfs;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Whether this machine's KVM works. On some nested hosts {@code /dev/kvm} is there and an appliance on it aborts or hangs for
 * minutes; so it is tried once under a short limit, and the verdict holds until the machine boots again.
 *
 * @param file where the verdict is kept
 */
record Acceleration(Path file) {

    private static final Path DEVICE = Path.of("/dev/kvm");
    private static final Path BOOT = Path.of("/proc/sys/kernel/random/boot_id");

    /** In Stemma's home directory. */
    static Acceleration inHome() {
        String home = System.getenv("STEMMA_HOME");
        Path base = home == null || home.isBlank()
                ? Path.of(System.getProperty("user.home"), ".local", "share", "stemma")
                : Path.of(home);
        return new Acceleration(base.resolve("tmp").resolve("appliance-acceleration"));
    }

    /** {@code kvm} when it is known to work, {@code tcg} when it is known not to, {@code untried} otherwise. */
    String verdict() {
        if (!Files.isReadable(DEVICE) || !Files.isWritable(DEVICE)) {
            return "tcg";
        }
        try {
            String[] words = Files.readString(file).strip().split(" ");
            boolean known = words.length == 2 && words[1].equals(boot());
            return known && (words[0].equals("kvm") || words[0].equals("tcg")) ? words[0] : "untried";
        } catch (IOException none) {
            return "untried";
        }
    }

    /** Keeps a verdict; where it cannot be kept, the next appliance tries again. */
    void remember(String verdict) {
        try {
            Files.createDirectories(file.toAbsolutePath().getParent());
            Files.writeString(file, verdict + " " + boot() + "\n");
        } catch (IOException unkept) {
            return;
        }
    }

    private static String boot() throws IOException {
        return Files.readString(BOOT).strip();
    }
}

package dev.stemma.api.home;

import java.io.IOException;
import java.io.StringReader;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;
import java.util.Properties;

/**
 * How to reach the service that runs on this data directory, left there by it while it runs.
 *
 * @param pid its process
 * @param url {@code http://127.0.0.1:7391}, without a slash at the end
 */
public record ServiceFile(long pid, String url) {

    /** Reads the file; empty when there is none or it is not whole. */
    public static Optional<ServiceFile> find(Home home) {
        Properties values = new Properties();
        try {
            values.load(new StringReader(Files.readString(home.service())));
            return Optional.of(
                    new ServiceFile(Long.parseLong(values.getProperty("pid", "")), values.getProperty("url", "")));
        } catch (NoSuchFileException | NumberFormatException e) {
            return Optional.empty();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    /** Leaves the file, whole or not at all. */
    public void write(Home home) throws IOException {
        Properties values = new Properties();
        values.setProperty("pid", Long.toString(pid));
        values.setProperty("url", url);
        StringWriter text = new StringWriter();
        values.store(text, null);
        Files.writeString(home.pid(), pid + "\n");
        Path draft = home.service().resolveSibling("service.new");
        Files.writeString(draft, text.toString());
        Files.move(draft, home.service(), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    /** Takes the file away, as the last thing a service does. */
    public static void delete(Home home) throws IOException {
        Files.deleteIfExists(home.service());
        Files.deleteIfExists(home.pid());
    }

    /** Whether the process is there; it may be another one that got its number since. */
    public boolean alive() {
        return ProcessHandle.of(pid).map(ProcessHandle::isAlive).orElse(false);
    }
}

package dev.stemma.api.home;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;

/**
 * The data directory.
 *
 * @param root absolute
 */
public record Home(Path root) {

    public Home {
        root = root.toAbsolutePath().normalize();
    }

    /** The directory that {@code STEMMA_HOME} names, else {@code $XDG_DATA_HOME/stemma}, else {@code ~/.local/share/stemma}. */
    public static Home of(Map<String, String> environment) {
        String stated = environment.getOrDefault("STEMMA_HOME", "");
        if (!stated.isBlank()) {
            return new Home(Path.of(stated));
        }
        String shared = environment.getOrDefault("XDG_DATA_HOME", "");
        return new Home(
                (shared.isBlank() ? Path.of(System.getProperty("user.home"), ".local", "share") : Path.of(shared))
                        .resolve("stemma"));
    }

    /** Makes the directory, readable by its owner alone, where it is missing. */
    public void create() throws IOException {
        createPrivate(root);
        createPrivate(jobs());
        createPrivate(logs());
        createPrivate(configuration());
    }

    /** Makes a directory that only its owner may enter. */
    public static void createPrivate(Path directory) throws IOException {
        Files.createDirectories(
                directory, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    }

    /** The local administrator's token, mode 0600. */
    public Path token() {
        return root.resolve("token");
    }

    /** Where the running service says how to reach it; see {@link ServiceFile}. */
    public Path service() {
        return root.resolve("service.properties");
    }

    /** The service's process number, for scripts. */
    public Path pid() {
        return root.resolve("service.pid");
    }

    /** Held by the running service. */
    public Path lock() {
        return root.resolve("service.lock");
    }

    /** The journal of jobs. */
    public Path jobs() {
        return root.resolve("jobs");
    }

    /** Logs of the service; Neo4j keeps its own in {@link #neo4j()}. */
    public Path logs() {
        return root.resolve("log");
    }

    /** What a person may edit. */
    public Path configuration() {
        return root.resolve("config");
    }

    /** Questions that a person has added. */
    public Path questions() {
        return configuration().resolve("questions");
    }

    /** Rules for drift that a person has put in the place of those that come with Stemma; missing as a rule. */
    public Path driftRules() {
        return configuration().resolve("drift-rules.yaml");
    }

    /** The local Neo4j. */
    public Path neo4j() {
        return root.resolve("neo4j");
    }

    /** Manifests by digest. */
    public Path manifests() {
        return root.resolve("manifests");
    }

    /** Texts of configuration by digest of the whole content, which can be deleted and are made again by index runs. */
    public Path texts() {
        return root.resolve("texts");
    }

    /** The content store of the reference repository. */
    public Path store() {
        return root.resolve("store");
    }

    /** What was read lately of a content store that lies in a bucket; can be deleted while the service is down. */
    public Path storeCache() {
        return root.resolve("store-cache");
    }

    /** Sockets of disks that are served, by this user's processes alone. */
    public Path sockets() {
        return root.resolve("sockets");
    }

    /** The search index, which can be deleted while the service is down. */
    public Path searchIndex() {
        return root.resolve("search");
    }
}

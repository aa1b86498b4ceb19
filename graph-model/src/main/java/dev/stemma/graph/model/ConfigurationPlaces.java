package dev.stemma.graph.model;

import java.util.List;

/** Where a guest keeps its configuration: what of it is small text is kept, and compared as text. */
public final class ConfigurationPlaces {

    /** A file of more bytes is no configuration that somebody wrote. */
    public static final int MAX_FILE_BYTES = 64 << 10;

    /** The directories, all that lies below them included; in the order in which they are looked at. */
    public static final List<GuestPath> DIRECTORIES = List.of(
            GuestPath.parse("/etc"),
            GuestPath.parse("/usr/local/etc"),
            GuestPath.parse("/boot/grub"),
            GuestPath.parse("/boot/grub2"),
            GuestPath.parse("/boot/loader"));

    private static final List<String> STARTS =
            DIRECTORIES.stream().map(path -> path.escaped() + "/").toList();

    private ConfigurationPlaces() {}

    /** Whether a path lies in one of them. */
    public static boolean hold(String escapedPath) {
        return STARTS.stream().anyMatch(escapedPath::startsWith);
    }
}

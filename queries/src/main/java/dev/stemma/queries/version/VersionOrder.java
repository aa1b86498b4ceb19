package dev.stemma.queries.version;

import java.util.Comparator;

/** The order of versions that an ecosystem's own package manager has. */
public final class VersionOrder {

    private VersionOrder() {}

    /**
     * Oldest first; two texts that name one version are equal though not the same. An ecosystem without an order of its own here
     * is ordered by Debian's rules, which put numbers and words where most people expect them.
     *
     * @param ecosystem purl type: {@code deb}, {@code rpm}, {@code apk}, {@code alpm}
     */
    public static Comparator<String> of(String ecosystem) {
        return switch (ecosystem) {
            case "rpm" -> RpmVersion.ORDER;
            case "apk" -> ApkVersion.ORDER;
            case "alpm" -> AlpmVersion.ORDER;
            default -> DebianVersion.ORDER;
        };
    }
}

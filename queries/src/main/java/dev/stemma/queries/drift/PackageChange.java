package dev.stemma.queries.drift;

import java.util.Optional;

/**
 * A package that is not the same on both sides. Where several versions of one name and architecture are installed side
 * by side, they are paired in version order.
 *
 * @param fromVersion empty when it was added
 * @param toVersion empty when it was removed
 * @param fromState the package manager's word for it; differs for {@link Kind#STATE}
 */
public record PackageChange(
        Kind kind,
        String ecosystem,
        String name,
        String architecture,
        Optional<String> fromVersion,
        Optional<String> toVersion,
        Optional<String> fromState,
        Optional<String> toState) {

    /** As people would call it: {@code nginx:amd64}. */
    public String title() {
        return name + (architecture.isEmpty() ? "" : ":" + architecture);
    }

    /** What happened to it. */
    public enum Kind {
        ADDED,
        REMOVED,
        UPGRADED,
        DOWNGRADED,
        /** The same version in another state: half-configured, held. */
        STATE
    }
}

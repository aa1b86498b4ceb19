package dev.stemma.ingest.reference;

import java.util.Locale;
import java.util.Set;

/** The life of a version, and how it may go on. */
public enum VersionState {
    /** To be used. */
    ACTIVE,
    /** Not to be used for anything new. */
    DEPRECATED,
    /** Not to be used at all. */
    REVOKED,
    /** To be let go of by garbage collection. */
    DELETED;

    /** Whether it may go there. */
    public boolean mayBecome(VersionState other) {
        return switch (this) {
            case ACTIVE -> other != ACTIVE;
            case DEPRECATED -> other != DEPRECATED;
            case REVOKED -> Set.of(ACTIVE, DELETED).contains(other);
            case DELETED -> other == ACTIVE;
        };
    }

    /** Whether it may be taken out of the repository. */
    public boolean usable() {
        return this == ACTIVE || this == DEPRECATED;
    }

    /** The kind of the activity that brings a version here. */
    public String activity() {
        return switch (this) {
            case ACTIVE -> "restore";
            case DEPRECATED -> "deprecate";
            case REVOKED -> "revoke";
            case DELETED -> "delete";
        };
    }

    /** The word on screens. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}

package dev.stemma.queries.lineage;

import java.util.Optional;

/**
 * What to know before an image is used: nothing about it was changed, but its ancestors were.
 *
 * @param ancestorId image id of the version that it was made from, however many steps up
 * @param ancestor that version as people write it, {@code web:1.2}
 * @param newerId image id of the newer version; empty for a revoked ancestor
 * @param newer that version as people write it
 */
public record Warning(Kind kind, String ancestorId, String ancestor, Optional<String> newerId, Optional<String> newer) {

    /** Warnings told of one image, revoked ancestors first. */
    public static final int MAX = 20;

    /** What is the matter. */
    public enum Kind {
        /** A version that it descends from is revoked. */
        REVOKED_ANCESTOR,
        /** The chain of the nearest version that it descends from has come to a newer one, which is active. */
        NEWER_PARENT
    }

    /** In words: {@code made from web:1.2, which is revoked}. */
    public String sentence() {
        return switch (kind) {
            case REVOKED_ANCESTOR -> "made from " + ancestor + ", which is revoked";
            case NEWER_PARENT -> "made from " + ancestor + ", and there is " + newer.orElse("a newer one");
        };
    }

    /** In few words, for a drawing: {@code web:1.2 is revoked}. */
    String brief() {
        return switch (kind) {
            case REVOKED_ANCESTOR -> ancestor + " is revoked";
            case NEWER_PARENT -> newer.orElse("a version") + " is newer";
        };
    }
}

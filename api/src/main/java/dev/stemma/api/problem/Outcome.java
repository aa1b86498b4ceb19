package dev.stemma.api.problem;

import java.util.Locale;

/** How a request or a command ended, in the seven ways that a script can tell apart. */
public enum Outcome {
    /** Done. */
    DONE(0),
    /** Something broke that is not the asker's doing. */
    FAILED(1),
    /** The request itself is wrong. */
    USAGE(2),
    /** There is no such thing. */
    NOT_FOUND(3),
    /** An image, or a part of it, that cannot be read or is of no known kind. */
    UNREADABLE(4),
    /** The rules forbid it, or nobody signed in. */
    NOT_ALLOWED(5),
    /** Something else is in the way now. */
    CONFLICT(6);

    private final int exitCode;

    Outcome(int exitCode) {
        this.exitCode = exitCode;
    }

    /** The command line's exit code; stable. */
    public int exitCode() {
        return exitCode;
    }

    /** The word in a problem's {@code outcome} member. */
    public String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** Reads {@link #word()}; what is unknown is {@link #FAILED}. */
    public static Outcome parse(String word) {
        for (Outcome outcome : values()) {
            if (outcome.word().equals(word)) {
                return outcome;
            }
        }
        return FAILED;
    }
}

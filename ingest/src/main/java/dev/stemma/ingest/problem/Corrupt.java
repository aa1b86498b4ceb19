package dev.stemma.ingest.problem;

import org.jspecify.annotations.Nullable;

/** The bytes contradict their format. Codes: {@code truncated}, {@code out-of-bounds}, {@code bad-magic}, {@code bad-checksum}, {@code loop}, {@code bad-value}, … */
public final class Corrupt extends ImageProblem {

    private static final long serialVersionUID = 1L;

    /** Without a remedy. */
    public Corrupt(String code, Origin origin, String message) {
        super(code, origin, message, null, null);
    }

    /** With what a person can do about it. */
    public Corrupt(String code, Origin origin, String message, @Nullable String remedy) {
        super(code, origin, message, remedy, null);
    }

    /** With a cause. */
    public Corrupt(String code, Origin origin, String message, @Nullable String remedy, Throwable cause) {
        super(code, origin, message, remedy, cause);
    }
}

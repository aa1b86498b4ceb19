package dev.stemma.ingest.problem;

import org.jspecify.annotations.Nullable;

/** The rules of this installation forbid it. Codes: {@code path-not-allowed}, {@code backing-forbidden}. */
public final class NotAllowed extends ImageProblem {

    private static final long serialVersionUID = 1L;

    /** Without a remedy. */
    public NotAllowed(String code, Origin origin, String message) {
        super(code, origin, message, null, null);
    }

    /** With what a person can do about it. */
    public NotAllowed(String code, Origin origin, String message, @Nullable String remedy) {
        super(code, origin, message, remedy, null);
    }

    /** With a cause. */
    public NotAllowed(String code, Origin origin, String message, @Nullable String remedy, Throwable cause) {
        super(code, origin, message, remedy, cause);
    }
}

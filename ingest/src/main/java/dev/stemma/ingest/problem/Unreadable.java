package dev.stemma.ingest.problem;

import org.jspecify.annotations.Nullable;

/** The host could not deliver the bytes. Codes: {@code not-found}, {@code unreadable}, {@code in-use}, {@code backing-missing}, {@code tool-missing}, {@code appliance-failed}, … */
public final class Unreadable extends ImageProblem {

    private static final long serialVersionUID = 1L;

    /** Without a remedy. */
    public Unreadable(String code, Origin origin, String message) {
        super(code, origin, message, null, null);
    }

    /** With what a person can do about it. */
    public Unreadable(String code, Origin origin, String message, @Nullable String remedy) {
        super(code, origin, message, remedy, null);
    }

    /** With a cause. */
    public Unreadable(String code, Origin origin, String message, @Nullable String remedy, Throwable cause) {
        super(code, origin, message, remedy, cause);
    }
}

package dev.stemma.ingest.problem;

import org.jspecify.annotations.Nullable;

/** The format, or a feature of it, is one that Stemma does not read. Codes: {@code not-an-image}, {@code empty-image}, {@code unknown-file-system}, {@code encrypted}, {@code unsupported-feature}, {@code needs-recovery}, … */
public final class Unsupported extends ImageProblem {

    private static final long serialVersionUID = 1L;

    /** Without a remedy. */
    public Unsupported(String code, Origin origin, String message) {
        super(code, origin, message, null, null);
    }

    /** With what a person can do about it. */
    public Unsupported(String code, Origin origin, String message, @Nullable String remedy) {
        super(code, origin, message, remedy, null);
    }

    /** With a cause. */
    public Unsupported(String code, Origin origin, String message, @Nullable String remedy, Throwable cause) {
        super(code, origin, message, remedy, cause);
    }
}

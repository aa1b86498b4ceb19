package dev.stemma.ingest.problem;

import org.jspecify.annotations.Nullable;

/** Reading on would cost more than is allowed. Codes: {@code time-limit}, {@code entry-limit}, {@code depth-limit}, {@code size-limit}, {@code cancelled}, … */
public final class OverBudget extends ImageProblem {

    private static final long serialVersionUID = 1L;

    /** Without a remedy. */
    public OverBudget(String code, Origin origin, String message) {
        super(code, origin, message, null, null);
    }

    /** With what a person can do about it. */
    public OverBudget(String code, Origin origin, String message, @Nullable String remedy) {
        super(code, origin, message, remedy, null);
    }

    /** With a cause. */
    public OverBudget(String code, Origin origin, String message, @Nullable String remedy, Throwable cause) {
        super(code, origin, message, remedy, cause);
    }
}

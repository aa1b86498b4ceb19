package dev.stemma.api.http;

import dev.stemma.api.problem.ProblemCode;
import org.jspecify.annotations.Nullable;

/** What bodies of requests must hold. */
final class Bodies {

    private Bodies() {}

    /**
     * A member that must be there.
     *
     * @throws dev.stemma.api.problem.ProblemException when it is not, or blank
     */
    static String required(@Nullable String value, String name) {
        if (value == null || value.isBlank()) {
            throw ProblemCode.BAD_REQUEST.because(name + " is missing");
        }
        return value;
    }
}

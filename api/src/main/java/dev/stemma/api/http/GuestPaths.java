package dev.stemma.api.http;

import dev.stemma.api.problem.ProblemCode;
import dev.stemma.graph.model.GuestPath;

/** Paths inside images as parameters. */
final class GuestPaths {

    private static final int MAX_LENGTH = 16_384;

    private GuestPaths() {}

    /** Reads the escaped form. */
    static GuestPath parse(String text) {
        if (text.length() > MAX_LENGTH) {
            throw ProblemCode.BAD_REQUEST.because("a path has at most " + MAX_LENGTH + " characters");
        }
        try {
            return GuestPath.parse(text);
        } catch (IllegalArgumentException e) {
            throw ProblemCode.BAD_REQUEST.because(String.valueOf(e.getMessage()));
        }
    }
}

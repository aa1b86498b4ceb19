package dev.stemma.api.problem;

import org.jspecify.annotations.Nullable;

/**
 * A problem as RFC 9457 has it, with members of our own.
 *
 * @param type a URI that stands for the code: {@code urn:stemma:problem:path-not-allowed}
 * @param title the code in words
 * @param status HTTP status
 * @param code stable, in kebab case
 * @param outcome {@link Outcome#word()}
 * @param detail one sentence for a person, guest bytes escaped
 * @param remedy what to do about it, where that is known
 * @param where the place within an image, from the outside in, or within what was asked ({@code character 14}, from 1), where there
 *     is one
 */
public record Problem(
        String type,
        String title,
        int status,
        String code,
        String outcome,
        String detail,
        @Nullable String remedy,
        @Nullable String where) {

    /** The media type of RFC 9457. */
    public static final String MEDIA_TYPE = "application/problem+json";

    /** A problem with a code from the table. */
    public static Problem of(ProblemCode code, String detail, @Nullable String remedy) {
        return of(code.word(), code.status(), code.outcome(), detail, remedy, null);
    }

    static Problem of(
            String code, int status, Outcome outcome, String detail, @Nullable String remedy, @Nullable String where) {
        String title = code.replace('-', ' ');
        return new Problem(
                "urn:stemma:problem:" + code,
                Character.toUpperCase(title.charAt(0)) + title.substring(1),
                status,
                code,
                outcome.word(),
                detail,
                remedy,
                where);
    }

    /** Detail and remedy as a terminal shows them: {@code <detail>. <remedy>}. */
    public String sentence() {
        String first = where == null ? detail : where + ": " + detail;
        return remedy == null ? first : first + ". " + remedy;
    }
}

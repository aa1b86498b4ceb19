package dev.stemma.api.http;

import dev.stemma.api.problem.Problem;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.MediaType;
import io.micronaut.http.MutableHttpResponse;

/** A problem as an HTTP answer. */
public final class ProblemResponse {

    private static final MediaType TYPE = MediaType.of(Problem.MEDIA_TYPE);

    private ProblemResponse() {}

    /** With the problem's own status. */
    public static MutableHttpResponse<Problem> of(Problem problem) {
        return HttpResponse.<Problem>status(HttpStatus.valueOf(problem.status()))
                .contentType(TYPE)
                .body(problem);
    }
}

package dev.stemma.api.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.stemma.api.problem.ImageProblems;
import dev.stemma.api.problem.Problem;
import dev.stemma.api.problem.ProblemCode;
import dev.stemma.api.problem.ProblemException;
import dev.stemma.api.problem.QueryProblems;
import dev.stemma.api.problem.ReferenceProblems;
import dev.stemma.api.problem.SparqlProblems;
import dev.stemma.graph.store.GraphException;
import dev.stemma.ingest.problem.ImageProblem;
import dev.stemma.ingest.reference.ReferenceProblem;
import dev.stemma.ontology.sparql.SparqlProblem;
import dev.stemma.queries.problem.QueryProblem;
import io.micronaut.core.bind.exceptions.UnsatisfiedArgumentException;
import io.micronaut.core.convert.exceptions.ConversionErrorException;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Error;
import io.micronaut.http.codec.CodecException;
import io.micronaut.http.exceptions.ContentLengthExceededException;
import io.micronaut.json.JsonSyntaxException;
import io.micronaut.security.annotation.Secured;
import io.micronaut.security.authentication.AuthorizationException;
import io.micronaut.security.rules.SecurityRule;
import io.micronaut.web.router.exceptions.RoutingException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Turns whatever ends a request into a problem. */
@Controller
@Secured(SecurityRule.IS_ANONYMOUS)
final class ErrorController {

    private static final Logger LOG = LoggerFactory.getLogger(ErrorController.class);

    @Error(global = true, exception = ProblemException.class)
    HttpResponse<Problem> known(ProblemException e) {
        return ProblemResponse.of(e.problem());
    }

    @Error(global = true, exception = ImageProblem.class)
    HttpResponse<Problem> image(ImageProblem e) {
        return ProblemResponse.of(ImageProblems.problem(e));
    }

    @Error(global = true, exception = GraphException.class)
    HttpResponse<Problem> graph(GraphException e) {
        return ProblemResponse.of(QueryProblems.problem(e));
    }

    @Error(global = true, exception = QueryProblem.class)
    HttpResponse<Problem> question(QueryProblem e) {
        return ProblemResponse.of(QueryProblems.problem(e));
    }

    @Error(global = true, exception = ReferenceProblem.class)
    HttpResponse<Problem> reference(ReferenceProblem e) {
        return ProblemResponse.of(ReferenceProblems.problem(e));
    }

    @Error(global = true, exception = SparqlProblem.class)
    HttpResponse<Problem> sparql(SparqlProblem e) {
        return ProblemResponse.of(SparqlProblems.problem(e));
    }

    @Error(global = true, exception = AuthorizationException.class)
    HttpResponse<Problem> security(AuthorizationException e) {
        if (e.isForbidden()) {
            return ProblemResponse.of(
                    Problem.of(ProblemCode.ROLE_REQUIRED, "your role does not allow this", "Ask an administrator."));
        }
        return ProblemResponse.of(Problem.of(
                        ProblemCode.SIGN_IN_REQUIRED,
                        "sign in first: send the header Authorization: Bearer TOKEN",
                        "The token is in the file `token` of the data directory."))
                .header("WWW-Authenticate", "Bearer realm=\"stemma\"");
    }

    @Error(global = true, exception = UnsatisfiedArgumentException.class)
    HttpResponse<Problem> missing(UnsatisfiedArgumentException e) {
        return bad(String.valueOf(e.getMessage()));
    }

    @Error(global = true, exception = ConversionErrorException.class)
    HttpResponse<Problem> unreadable(ConversionErrorException e) {
        return bad(String.valueOf(e.getMessage()));
    }

    @Error(global = true, exception = JsonProcessingException.class)
    HttpResponse<Problem> json(JsonProcessingException e) {
        return bad("the body is not the JSON that is wanted here: " + e.getOriginalMessage());
    }

    @Error(global = true, exception = CodecException.class)
    HttpResponse<Problem> codec(CodecException e) {
        return bad("the body is not what is wanted here: "
                + String.valueOf(e.getMessage()).lines().findFirst().orElse(""));
    }

    @Error(global = true, exception = JsonSyntaxException.class)
    HttpResponse<Problem> syntax(JsonSyntaxException e) {
        return bad("the body is not JSON: "
                + String.valueOf(e.getMessage()).lines().findFirst().orElse(""));
    }

    @Error(global = true, exception = IllegalArgumentException.class)
    HttpResponse<Problem> wrong(IllegalArgumentException e) {
        return bad(String.valueOf(e.getMessage()));
    }

    @Error(global = true, exception = ContentLengthExceededException.class)
    HttpResponse<Problem> large(ContentLengthExceededException e) {
        return ProblemResponse.of(Problem.of(ProblemCode.LIMIT_REACHED, "the request is too large", null));
    }

    @Error(global = true, status = HttpStatus.NOT_FOUND)
    HttpResponse<Problem> noPage(HttpRequest<?> request) {
        return ProblemResponse.of(
                Problem.of(ProblemCode.NOT_FOUND, "there is nothing at " + request.getPath(), "See /openapi."));
    }

    @Error(global = true, status = HttpStatus.METHOD_NOT_ALLOWED)
    HttpResponse<Problem> noMethod(HttpRequest<?> request) {
        return ProblemResponse.of(Problem.of(
                ProblemCode.METHOD_NOT_ALLOWED,
                request.getMethodName() + " is not for " + request.getPath(),
                "See /openapi."));
    }

    @Error(global = true)
    HttpResponse<Problem> defect(HttpRequest<?> request, Throwable e) {
        if (e instanceof RoutingException) {
            return bad(String.valueOf(e.getMessage()));
        }
        LOG.error("{} {} failed", request.getMethodName(), request.getPath(), e);
        return ProblemResponse.of(
                Problem.of(ProblemCode.INTERNAL, "something in the service broke", "Its log has the details."));
    }

    private static HttpResponse<Problem> bad(String detail) {
        return ProblemResponse.of(Problem.of(ProblemCode.BAD_REQUEST, detail, null));
    }
}

package dev.stemma.api.http;

import dev.stemma.api.problem.Problem;
import dev.stemma.api.problem.ProblemCode;
import io.micronaut.core.order.Ordered;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.annotation.QueryValue;
import io.micronaut.http.annotation.RequestFilter;
import io.micronaut.http.annotation.ServerFilter;
import io.micronaut.http.filter.ServerFilterPhase;
import io.micronaut.web.router.MethodBasedRouteInfo;
import io.micronaut.web.router.RouteAttributes;
import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Refuses parameters that a path does not know. A condition that is passed over for its spelling would give an answer to another
 * question, and nobody would know.
 */
@ServerFilter("/api/**")
final class ParameterFilter implements Ordered {

    @RequestFilter
    @Nullable
    HttpResponse<?> refuseUnknown(HttpRequest<?> request) {
        Set<String> given = new TreeSet<>(request.getParameters().names());
        if (given.isEmpty()
                || !(RouteAttributes.getRouteInfo(request).orElse(null) instanceof MethodBasedRouteInfo<?, ?> route)) {
            return null;
        }
        Set<String> known = known(route);
        given.removeAll(known);
        return given.isEmpty() ? null : refused(given, known);
    }

    private static Set<String> known(MethodBasedRouteInfo<?, ?> route) {
        return Arrays.stream(route.getTargetMethod().getArguments())
                .filter(argument -> argument.getAnnotationMetadata().hasAnnotation(QueryValue.class))
                .map(argument -> argument.getAnnotationMetadata()
                        .stringValue(QueryValue.class)
                        .orElse(argument.getName()))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static HttpResponse<?> refused(Set<String> unknown, Set<String> known) {
        return ProblemResponse.of(Problem.of(
                ProblemCode.BAD_REQUEST,
                "there is no parameter " + String.join(", ", unknown),
                known.isEmpty() ? "This path has none." : "Those of this path are " + String.join(", ", known) + "."));
    }

    /** After it is known who asks. */
    @Override
    public int getOrder() {
        return ServerFilterPhase.SECURITY.after();
    }
}

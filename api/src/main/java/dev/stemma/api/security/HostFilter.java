package dev.stemma.api.security;

import dev.stemma.api.problem.Problem;
import dev.stemma.api.problem.ProblemCode;
import io.micronaut.context.annotation.Value;
import io.micronaut.core.order.Ordered;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.RequestFilter;
import io.micronaut.http.annotation.ServerFilter;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Refuses requests whose Host header names neither this machine's loopback nor a configured name: a page on the internet
 * that had its name resolved to 127.0.0.1 (DNS rebinding) must not talk to the service through somebody's browser.
 */
@ServerFilter(ServerFilter.MATCH_ALL_PATTERN)
final class HostFilter implements Ordered {

    private final Set<String> hosts;

    HostFilter(@Value("${stemma.hosts:}") List<String> configured) {
        hosts = new HashSet<>(List.of("127.0.0.1", "localhost", "[::1]"));
        configured.forEach(host -> hosts.add(host.toLowerCase(Locale.ROOT)));
    }

    @RequestFilter
    @Nullable
    HttpResponse<?> refuseForeignHosts(HttpRequest<?> request) {
        String host = request.getHeaders().get(HttpHeaders.HOST);
        if (host != null && hosts.contains(name(host))) {
            return null;
        }
        Problem problem = Problem.of(
                ProblemCode.HOST_NOT_ALLOWED,
                "this service does not answer to that host name",
                "Use http://127.0.0.1, or list the name in STEMMA_HOSTS.");
        return HttpResponse.status(HttpStatus.FORBIDDEN)
                .contentType(MediaType.of(Problem.MEDIA_TYPE))
                .body(problem);
    }

    private static String name(String host) {
        int colon = host.lastIndexOf(':');
        boolean port = colon > 0 && host.indexOf(']', colon) < 0;
        return (port ? host.substring(0, colon) : host).toLowerCase(Locale.ROOT);
    }

    @Override
    public int getOrder() {
        return HIGHEST_PRECEDENCE;
    }
}

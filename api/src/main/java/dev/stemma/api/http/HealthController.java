package dev.stemma.api.http;

import dev.stemma.api.wiring.Startup;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Produces;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.micronaut.security.annotation.Secured;
import io.micronaut.security.rules.SecurityRule;
import io.swagger.v3.oas.annotations.Operation;
import java.util.Map;

/** Whether the service lives and is ready, for supervisors; needs no sign-in and tells nothing else. */
@Controller
final class HealthController {

    private final Startup startup;
    private final PrometheusMeterRegistry metrics;

    HealthController(Startup startup, PrometheusMeterRegistry metrics) {
        this.startup = startup;
        this.metrics = metrics;
    }

    @Get("/health/live")
    @Secured(SecurityRule.IS_ANONYMOUS)
    @Operation(summary = "Whether the process answers at all")
    Map<String, String> live() {
        return Map.of("status", "up");
    }

    @Get("/health/ready")
    @Secured(SecurityRule.IS_ANONYMOUS)
    @Operation(summary = "Whether questions are answered: 200 when they are, 503 while starting")
    HttpResponse<Map<String, String>> ready() {
        return startup.isReady()
                ? HttpResponse.ok(Map.of("status", "ready"))
                : HttpResponse.<Map<String, String>>status(HttpStatus.SERVICE_UNAVAILABLE)
                        .body(Map.of("status", startup.failure() == null ? "starting" : "failed"));
    }

    @Get("/metrics")
    @Produces("text/plain; version=0.0.4; charset=utf-8")
    @Secured(dev.stemma.api.security.Role.Word.VIEWER)
    @ExecuteOn(TaskExecutors.BLOCKING)
    @Operation(summary = "Figures for Prometheus")
    String metrics() {
        return metrics.scrape();
    }
}

package dev.stemma.api.web;

import io.micronaut.http.HttpResponse;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Produces;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.micronaut.security.annotation.Secured;
import io.micronaut.security.rules.SecurityRule;
import io.swagger.v3.oas.annotations.Hidden;
import java.io.IOException;
import java.io.InputStream;

/** Three files that hold no data: what they show they ask the REST way in for, with the user's token. */
@Controller
@Secured(SecurityRule.IS_ANONYMOUS)
@ExecuteOn(TaskExecutors.BLOCKING)
@Hidden
final class WebController {

    @Get("/")
    @Produces("text/html")
    HttpResponse<byte[]> page() throws IOException {
        return file("index.html", "text/html; charset=utf-8");
    }

    @Get("/stemma.css")
    @Produces("text/css")
    HttpResponse<byte[]> style() throws IOException {
        return file("stemma.css", "text/css; charset=utf-8");
    }

    @Get("/stemma.js")
    @Produces("text/javascript")
    HttpResponse<byte[]> script() throws IOException {
        return file("stemma.js", "text/javascript; charset=utf-8");
    }

    private static HttpResponse<byte[]> file(String name, String type) throws IOException {
        try (InputStream in = WebController.class.getResourceAsStream("/web/" + name)) {
            if (in == null) {
                throw new IOException("the page's " + name + " is missing from this build");
            }
            return HttpResponse.ok(in.readAllBytes()).contentType(type);
        }
    }
}

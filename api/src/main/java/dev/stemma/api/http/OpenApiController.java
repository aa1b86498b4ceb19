package dev.stemma.api.http;

import dev.stemma.api.problem.ProblemCode;
import dev.stemma.api.security.Role;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Produces;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.micronaut.security.annotation.Secured;
import io.swagger.v3.oas.annotations.Hidden;
import io.swagger.v3.oas.annotations.OpenAPIDefinition;
import io.swagger.v3.oas.annotations.enums.SecuritySchemeType;
import io.swagger.v3.oas.annotations.info.Info;
import io.swagger.v3.oas.annotations.info.License;
import io.swagger.v3.oas.annotations.security.SecurityRequirement;
import io.swagger.v3.oas.annotations.security.SecurityScheme;
import java.io.IOException;
import java.io.InputStream;

/** The description of all this for programs, made from the controllers when they are compiled. */
@OpenAPIDefinition(
        info =
                @Info(
                        title = "Stemma",
                        version = "1",
                        description =
                                "A library for virtual-machine images that knows what is inside them. Lists page by cursor:"
                                        + " hand the member next back as the parameter cursor. Errors are problems (RFC 9457) with a"
                                        + " stable member code.",
                        license = @License(name = "Apache-2.0")),
        security = @SecurityRequirement(name = "token"))
@SecurityScheme(name = "token", type = SecuritySchemeType.HTTP, scheme = "bearer")
@Controller("/openapi")
@Secured(Role.Word.VIEWER)
@ExecuteOn(TaskExecutors.BLOCKING)
@Hidden
final class OpenApiController {

    private static final String TYPE = "application/yaml";

    @Get
    @Produces(TYPE)
    HttpResponse<byte[]> description() throws IOException {
        try (InputStream in = OpenApiController.class.getResourceAsStream("/META-INF/swagger/stemma-1.yml")) {
            if (in == null) {
                throw ProblemCode.NOT_FOUND.because("this build has no description of its HTTP interface");
            }
            return HttpResponse.ok(in.readAllBytes()).contentType(TYPE);
        }
    }
}

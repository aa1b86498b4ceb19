package dev.stemma.api.http;

import dev.stemma.api.problem.ProblemCode;
import dev.stemma.api.security.Role;
import dev.stemma.graph.model.CheckedFile.Verdict;
import dev.stemma.queries.inventory.References;
import dev.stemma.queries.inventory.VerificationAnswer;
import dev.stemma.queries.inventory.VerificationView;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.QueryValue;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.micronaut.security.annotation.Secured;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Owned files of an image against the checksums of their packages. */
@Controller("/api/v1/images")
@Secured(Role.Word.VIEWER)
@ExecuteOn(TaskExecutors.BLOCKING)
@Tag(name = "images")
final class VerificationController {

    private final References references;
    private final VerificationView view;

    VerificationController(References references, VerificationView view) {
        this.references = references;
        this.view = view;
    }

    @Get("/{ref}/verification")
    @Operation(
            summary = "Its owned files that are not as their packages say",
            description =
                    "verdict is modified, missing or unverifiable, several joined by commas; configuration true or"
                            + " false for configuration files alone, or all others.")
    VerificationAnswer verification(
            String ref,
            @QueryValue @Nullable String verdict,
            @QueryValue @Nullable Boolean configuration,
            @QueryValue @Nullable Integer limit,
            @QueryValue @Nullable String cursor) {
        return view.verification(
                references.require(ref),
                verdicts(verdict),
                Optional.ofNullable(configuration),
                Paging.of(limit, cursor));
    }

    private static Set<Verdict> verdicts(@Nullable String text) {
        Set<Verdict> verdicts = EnumSet.noneOf(Verdict.class);
        for (String word : text == null ? new String[0] : text.split(",", -1)) {
            try {
                verdicts.add(Verdict.valueOf(word.toUpperCase(Locale.ROOT)));
            } catch (IllegalArgumentException e) {
                throw ProblemCode.BAD_REQUEST.because("a verdict is modified, missing or unverifiable, not: " + word);
            }
        }
        return verdicts;
    }
}

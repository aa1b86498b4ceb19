package dev.stemma.api.cypher;

import dev.stemma.api.security.Role;
import dev.stemma.queries.insight.Parameter;
import dev.stemma.queries.insight.Question;
import dev.stemma.queries.insight.Questions;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Post;
import io.micronaut.http.annotation.Produces;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.micronaut.security.annotation.Secured;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Questions with names: Cypher that is known already, and wants some words only. */
@Controller("/api/v1/questions")
@Secured(Role.Word.VIEWER)
@ExecuteOn(TaskExecutors.BLOCKING)
@Tag(name = "cypher")
final class QuestionController {

    private final Questions questions;

    QuestionController(Questions questions) {
        this.questions = questions;
    }

    /**
     * A question.
     *
     * @param title what it asks; null when it cannot be read
     * @param problem why it cannot be read; null when it can
     */
    record Known(
            String name,
            @Nullable String title,
            List<Wanted> parameters,
            @Nullable String problem) {
        static Known of(Questions.Known known) {
            return new Known(
                    known.name(),
                    known.question().map(Question::title).orElse(null),
                    known.question().map(Question::parameters).orElse(List.of()).stream()
                            .map(Wanted::of)
                            .toList(),
                    known.problem().orElse(null));
        }
    }

    /**
     * What a question wants to be told.
     *
     * @param kind {@code text}, {@code number} or {@code list}
     * @param usual null when it must be said
     */
    record Wanted(String name, String kind, @Nullable String usual, String meaning) {
        static Wanted of(Parameter parameter) {
            return new Wanted(
                    parameter.name(), parameter.kind().word(), parameter.usual().orElse(null), parameter.meaning());
        }
    }

    /** All of them. */
    record Catalogue(List<Known> items) {}

    /**
     * What is said to a question.
     *
     * @param parameters by name, as typed; a list has commas between its items
     * @param maxRows 1 to 100,000; 10,000 by default. More rows are an error, never a short answer
     * @param timeoutSeconds 1 to 120; 30 by default
     */
    record Said(
            @Nullable Map<String, String> parameters,
            @Nullable Long maxRows,
            @Nullable Long timeoutSeconds) {}

    @Get
    @Operation(summary = "The questions that have names")
    Catalogue all() {
        return new Catalogue(questions.all().stream().map(Known::of).toList());
    }

    @Post("/{name}")
    @Produces({MediaType.APPLICATION_JSON, MediaType.TEXT_CSV})
    @Operation(summary = "The answer to a question that has a name")
    HttpResponse<?> ask(String name, @Body Said said, HttpRequest<?> request) {
        long begun = System.nanoTime();
        return CypherAnswer.respond(
                questions.ask(
                        questions.require(name),
                        said.parameters() == null ? Map.of() : said.parameters(),
                        CypherAnswer.limits(said.maxRows(), said.timeoutSeconds())),
                begun,
                request);
    }
}

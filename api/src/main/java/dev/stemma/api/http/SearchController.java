package dev.stemma.api.http;

import dev.stemma.api.problem.ProblemCode;
import dev.stemma.api.security.Role;
import dev.stemma.queries.moment.AsOf;
import dev.stemma.queries.search.FileAnswer;
import dev.stemma.queries.search.FileSearch;
import dev.stemma.queries.search.FileTerm;
import dev.stemma.queries.search.ImageAnswer;
import dev.stemma.queries.search.ImageQuery;
import dev.stemma.queries.search.ImageQueryBuilder;
import dev.stemma.queries.search.ImageSearch;
import dev.stemma.queries.search.PackageTerm;
import dev.stemma.queries.search.TextTerm;
import dev.stemma.queries.search.language.SearchLanguage;
import dev.stemma.queries.search.language.Suggestions;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.QueryValue;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.micronaut.security.annotation.Secured;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Search over images and files; all conditions must hold. */
@Controller("/api/v1")
@Secured(Role.Word.VIEWER)
@ExecuteOn(TaskExecutors.BLOCKING)
@Tag(name = "search")
final class SearchController {

    private static final int MAX_TERMS = 200;

    private final ImageSearch images;
    private final FileSearch files;
    private final Suggestions suggestions;

    SearchController(ImageSearch images, FileSearch files, Suggestions suggestions) {
        this.images = images;
        this.files = files;
        this.suggestions = suggestions;
    }

    @Get("/search")
    @Operation(
            summary = "Images by what they hold",
            description =
                    "q is a search in the language of search boxes: os:debian software:(nginx AND NOT apache2); the other"
                            + " parameters are conditions that must hold as well. Packages as name[:architecture][relation version], for example openssl>=3.0; several by repeating the"
                            + " parameter. Texts are words, or a regular expression between slashes. Times are dates or RFC 3339."
                            + " at asks as of then, by all but files and times of change.")
    ImageAnswer search(
            @QueryValue @Nullable String q,
            @QueryValue @Nullable List<String> all,
            @QueryValue @Nullable List<String> any,
            @QueryValue @Nullable List<String> none,
            @QueryValue @Nullable List<String> file,
            @QueryValue @Nullable List<String> sha256,
            @QueryValue @Nullable List<String> role,
            @QueryValue @Nullable String text,
            @QueryValue @Nullable String name,
            @QueryValue @Nullable String description,
            @QueryValue @Nullable String os,
            @QueryValue @Nullable String osVersion,
            @QueryValue @Nullable String architecture,
            @QueryValue @Nullable String repository,
            @QueryValue @Nullable String location,
            @QueryValue @Nullable String modifiedAfter,
            @QueryValue @Nullable String modifiedBefore,
            @QueryValue @Nullable String at,
            @QueryValue @Nullable Integer limit,
            @QueryValue @Nullable String cursor) {
        ImageQueryBuilder query = ImageQuery.where();
        each(all, term -> query.allOf(PackageTerm.parse(term)));
        each(any, term -> query.anyOf(PackageTerm.parse(term)));
        each(none, term -> query.noneOf(PackageTerm.parse(term)));
        each(file, term -> query.file(FileTerm.parse(term)));
        each(sha256, digest -> query.file(FileTerm.parse("sha256:" + digest)));
        each(role, query::role);
        one(text, value -> query.text(TextTerm.parse(value)));
        one(name, value -> query.name(TextTerm.parse(value)));
        one(description, value -> query.description(TextTerm.parse(value)));
        one(os, value -> query.os(TextTerm.parse(value)));
        one(osVersion, value -> query.osVersion(TextTerm.parse(value)));
        one(architecture, query::architecture);
        one(repository, query::repository);
        one(location, value -> query.location(TextTerm.parse(value)));
        one(modifiedAfter, value -> query.modifiedAfter(AsOf.parse(value).instant()));
        one(modifiedBefore, value -> query.modifiedBefore(AsOf.parse(value).instant()));
        ImageQuery whole = query.build();
        ImageQuery both = q == null ? whole : SearchLanguage.parse(q).and(whole);
        return images.search(both.asOf(Moments.of(at)), Paging.of(limit, cursor));
    }

    @Get("/search/suggestions")
    @Operation(
            summary = "What may come next in a search",
            description =
                    "typed is what stands before the cursor: fields, words of a field, software with how many images have it.")
    List<Suggestions.Suggestion> suggestions(@QueryValue String typed, @QueryValue @Nullable Integer limit) {
        return suggestions.suggest(typed, limit == null ? 12 : limit);
    }

    @Get("/files")
    @Operation(
            summary = "Images that hold a file, and where",
            description =
                    "file is a name, a pattern with * ? [], an absolute path, or a digest (64 digits, or sha256: and 8 or more).")
    FileAnswer files(
            @QueryValue String file, @QueryValue @Nullable Integer limit, @QueryValue @Nullable String cursor) {
        return files.search(FileTerm.parse(file), Paging.of(limit, cursor));
    }

    private static void each(@Nullable List<String> values, Consumer<String> use) {
        if (values != null) {
            if (values.size() > MAX_TERMS) {
                throw ProblemCode.BAD_REQUEST.because("more than " + MAX_TERMS + " terms of one kind");
            }
            values.stream().filter(value -> !value.isBlank()).forEach(use);
        }
    }

    private static void one(@Nullable String value, Consumer<String> use) {
        if (value != null && !value.isBlank()) {
            use.accept(value);
        }
    }
}

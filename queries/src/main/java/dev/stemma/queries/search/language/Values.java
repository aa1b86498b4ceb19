package dev.stemma.queries.search.language;

import dev.stemma.queries.problem.QueryProblem;
import dev.stemma.queries.search.Condition;
import dev.stemma.queries.search.ConfigurationTerm;
import dev.stemma.queries.search.FileTerm;
import dev.stemma.queries.search.KeywordField;
import dev.stemma.queries.search.PackageTerm;
import dev.stemma.queries.search.TextField;
import dev.stemma.queries.search.TextTerm;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;

/** What a value comes to, by its field. */
final class Values {

    private Values() {}

    /** A value without a field: software where it states a version, words otherwise. */
    static Condition bare(Source source, Source.Value value) {
        boolean plain = value.form() == Source.Form.PLAIN;
        if (plain && hasRelation(value.text())) {
            if ("<>=".indexOf(value.text().charAt(0)) >= 0) {
                throw source.problem(
                        value.start(), "a relation stands between a name and a version, without spaces: openssl>=3.0");
            }
            return checked(source, value, () -> new Condition.Software(PackageTerm.parse(value.text())));
        }
        return checked(source, value, () -> new Condition.Text(TextField.ANYWHERE, usable(text(value))));
    }

    static Condition of(Source source, SearchField field, Source.Value value) {
        return checked(source, value, () -> switch (field.use()) {
            case SearchField.Use.Of of -> new Condition.Text(of.field(), usable(text(value)));
            case SearchField.Use.Is is -> keyword(source, field, is.field(), is.values(), value);
            case SearchField.Use.Software _ -> software(value);
            case SearchField.Use.File _ -> new Condition.Holds(FileTerm.parse(value.text()));
            case SearchField.Use.Digest _ ->
                new Condition.Holds(
                        FileTerm.parse(value.text().startsWith("sha256:") ? value.text() : "sha256:" + value.text()));
            case SearchField.Use.Configuration _ -> {
                requireNoRegex(source, field, value);
                yield new Condition.Configuration(ConfigurationTerm.parse(value.text()));
            }
            case SearchField.Use.Modified _ -> Dates.modified(value.text());
            case SearchField.Use.Moment _ -> throw new IllegalStateException("at: is no condition");
        });
    }

    private static Condition keyword(
            Source source, SearchField field, KeywordField keyword, List<String> values, Source.Value value) {
        requireNoRegex(source, field, value);
        String word = value.text().toLowerCase(Locale.ROOT);
        if (!values.isEmpty() && !isWild(word) && !values.contains(word)) {
            throw source.problem(
                    value.start(),
                    field.word() + " is one of " + String.join(", ", values) + Spelling.hint(word, values));
        }
        return new Condition.Keyword(keyword, word);
    }

    private static Condition software(Source.Value value) {
        return switch (value.form()) {
            case REGEX -> new Condition.SoftwareNamed(usable(new TextTerm.Regex(value.text())));
            case PLAIN, QUOTED ->
                isWild(value.text()) && !hasRelation(value.text())
                        ? new Condition.SoftwareNamed(usable(new TextTerm.Glob(value.text())))
                        : new Condition.Software(PackageTerm.parse(value.text()));
        };
    }

    private static TextTerm text(Source.Value value) {
        return switch (value.form()) {
            case QUOTED -> new TextTerm.Phrase(value.text());
            case REGEX -> new TextTerm.Regex(value.text());
            case PLAIN -> isWild(value.text()) ? new TextTerm.Glob(value.text()) : new TextTerm.Words(value.text());
        };
    }

    private static TextTerm usable(TextTerm term) {
        term.check();
        return term;
    }

    private static void requireNoRegex(Source source, SearchField field, Source.Value value) {
        if (value.form() == Source.Form.REGEX) {
            throw source.problem(
                    value.start(), field.word() + ": takes words and * at the end of one, no regular expression");
        }
    }

    private static boolean isWild(String text) {
        return text.indexOf('*') >= 0 || text.indexOf('?') >= 0;
    }

    private static boolean hasRelation(String text) {
        return text.chars().anyMatch(c -> c == '<' || c == '>' || c == '=');
    }

    /** What a value's own reader has against it, with the place. */
    private static Condition checked(Source source, Source.Value value, Supplier<Condition> reader) {
        try {
            return reader.get();
        } catch (QueryProblem problem) {
            throw problem.position().isPresent()
                    ? problem
                    : source.problem(value.start(), String.valueOf(problem.getMessage()));
        }
    }
}

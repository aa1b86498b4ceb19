package dev.stemma.queries.search;

import dev.stemma.graph.model.GuestPath;
import dev.stemma.queries.problem.QueryProblem;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Reads what people type for {@link FileTerm}. */
final class FileTerms {

    private static final int MAX_LENGTH = 8_192;
    private static final Pattern DIGEST = Pattern.compile("[0-9a-fA-F]{8,64}");

    private FileTerms() {}

    static FileTerm parse(String text) {
        if (text.isEmpty() || text.length() > MAX_LENGTH) {
            throw invalid("a file is named by 1 to " + MAX_LENGTH + " characters");
        }
        if (text.startsWith("sha256:")) {
            return content(text.substring("sha256:".length()));
        }
        if (text.length() == 64 && DIGEST.matcher(text).matches()) {
            return content(text);
        }
        if (text.startsWith("/")) {
            try {
                if (isPattern(text)) {
                    return pathGlob(text);
                }
                return new FileTerm.Path(GuestPath.parse(text));
            } catch (IllegalArgumentException e) {
                throw invalid("not a path inside an image: " + text);
            }
        }
        if (text.contains("/")) {
            throw invalid("a path starts with '/', a name has no '/': " + text);
        }
        if (isPattern(text)) {
            Patterns.glob(text);
        }
        return isPattern(text) ? new FileTerm.Glob(text) : new FileTerm.Name(text);
    }

    private static boolean isPattern(String text) {
        return text.indexOf('*') >= 0 || text.indexOf('?') >= 0 || text.indexOf('[') >= 0;
    }

    private static FileTerm pathGlob(String text) {
        List<String> names =
                Stream.of(text.split("/")).filter(name -> !name.isEmpty()).toList();
        names.forEach(Patterns::glob);
        int first = 0;
        while (!isPattern(names.get(first))) {
            first++;
        }
        return new FileTerm.PathGlob(
                GuestPath.parse("/" + String.join("/", names.subList(0, first))), names.subList(first, names.size()));
    }

    static FileTerm.Content content(String digits) {
        if (!DIGEST.matcher(digits).matches()) {
            throw invalid("a content digest is 8 to 64 hexadecimal digits of a SHA-256, not: " + digits);
        }
        return new FileTerm.Content(digits.toLowerCase(java.util.Locale.ROOT));
    }

    private static QueryProblem invalid(String message) {
        return new QueryProblem(QueryProblem.Code.INVALID, message);
    }
}

package dev.stemma.queries.page;

import dev.stemma.queries.problem.QueryProblem;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;

/**
 * The key of the last item of a page. Opaque to callers: they hand back {@link #text()} and never look inside. Because
 * it is a key and not a position, items that come or go meanwhile shift nothing.
 *
 * @param key the parts of the sort key, 1 to 8
 */
public record Cursor(List<String> key) {

    private static final int MAX_TEXT = 16_384;

    public Cursor {
        key = List.copyOf(key);
    }

    /** A cursor of these parts. */
    public static Cursor of(String... key) {
        return new Cursor(List.of(key));
    }

    /**
     * Reads {@link #text()}.
     *
     * @throws QueryProblem with {@code INVALID} for anything else
     */
    public static Cursor parse(String text) {
        if (text.length() > MAX_TEXT) {
            throw invalid();
        }
        try {
            String plain = new String(Base64.getUrlDecoder().decode(text), StandardCharsets.UTF_8);
            return new Cursor(List.of(plain.split("\0", 9)));
        } catch (IllegalArgumentException e) {
            throw invalid();
        }
    }

    /** The form for a URL: Base64url without padding (RFC 4648, section 5). */
    public String text() {
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(String.join("\0", key).getBytes(StandardCharsets.UTF_8));
    }

    /**
     * The key, when it has as many parts as this answer's sort key.
     *
     * @throws QueryProblem with {@code INVALID} when the cursor is of some other answer
     */
    public List<String> require(int parts) {
        if (key.size() != parts) {
            throw invalid();
        }
        return key;
    }

    private static QueryProblem invalid() {
        return new QueryProblem(
                QueryProblem.Code.INVALID, "not a cursor of this answer; leave it out to start at the first page");
    }
}

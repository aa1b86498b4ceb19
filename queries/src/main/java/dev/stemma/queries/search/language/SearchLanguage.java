package dev.stemma.queries.search.language;

import dev.stemma.queries.search.ImageQuery;

/**
 * Reads what people search for. The grammar is in {@code docs/reference/search-language.adoc}; it is that of other search boxes: words,
 * {@code field:value}, {@code AND}, {@code OR}, {@code NOT}, brackets.
 */
public final class SearchLanguage {

    /** The most characters that a search may have. */
    public static final int MAX_LENGTH = 4_000;

    private SearchLanguage() {}

    /**
     * Reads a search; time grows with its length.
     *
     * @param text empty for all images
     * @throws dev.stemma.queries.problem.QueryProblem {@code INVALID} with the position of what cannot be read, and a hint
     */
    public static ImageQuery parse(String text) {
        return new QueryParser(text).parse();
    }
}

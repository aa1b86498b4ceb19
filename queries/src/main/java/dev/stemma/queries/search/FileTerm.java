package dev.stemma.queries.search;

import dev.stemma.graph.model.GuestPath;
import java.util.List;

/** Which files are meant. */
public sealed interface FileTerm {

    /** Entries of exactly this name, escaped form. */
    record Name(String name) implements FileTerm {}

    /** Entries whose name fits a pattern of {@code *}, {@code ?} and {@code [abc]}; case counts. */
    record Glob(String pattern) implements FileTerm {}

    /** The entry at this path, links on the way followed inside the guest. */
    record Path(GuestPath path) implements FileTerm {}

    /**
     * Entries whose path fits a pattern of {@code *}, {@code ?} and {@code [abc]}, none of which stands for a {@code /}; case counts. Links on
     * the way are followed as far as the path has no pattern.
     *
     * @param above the directories before the first pattern
     * @param below the rest, a name or pattern each; the last may be a name
     */
    record PathGlob(GuestPath above, List<String> below) implements FileTerm {
        public PathGlob {
            below = List.copyOf(below);
        }
    }

    /** Files with this content: 8 to 64 hexadecimal digits of the SHA-256. */
    record Content(String digestPrefix) implements FileTerm {}

    /**
     * Reads what a person types: {@code sha256:…} or 64 hexadecimal digits is content, {@code /…} a path, with {@code *}, {@code ?} or
     * {@code [} a pattern of one, any other text with these a pattern of a name, all else a name.
     *
     * @throws dev.stemma.queries.problem.QueryProblem {@code INVALID}
     */
    static FileTerm parse(String text) {
        return FileTerms.parse(text);
    }
}

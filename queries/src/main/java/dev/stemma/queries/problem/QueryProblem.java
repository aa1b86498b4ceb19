package dev.stemma.queries.problem;

import java.util.Locale;
import java.util.Optional;

/** A question that cannot be answered as asked. The message is one sentence for a person and says what to do. */
public final class QueryProblem extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final Code code;
    private final int position;

    /** Why, for programs; stable. */
    public enum Code {
        /** Nothing has that id, name or path. */
        NOT_FOUND,
        /** A reference fits several things. */
        AMBIGUOUS,
        /** The question is malformed, or over a limit. */
        INVALID,
        /** The image is known, but was never indexed. */
        NOT_INDEXED,
        /** Files were asked for, but the inventory is of the basic level. */
        NO_FILES,
        /** Drift was asked for from one image alone, and no image it derives from has an inventory. */
        NO_BASELINE,
        /** The question was asked as of a past moment, and what it asks for is known of now only. */
        NO_PAST,
        /** The image is in no group of images that are so alike. */
        NO_CLUSTER,
        /** All pairs were asked for, and there are more inventories, or more pairs, than fit into memory. */
        TOO_MANY_PAIRS;

        /** The code as problem documents show it: {@code not-found}. */
        public String word() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    public QueryProblem(Code code, String message) {
        this(code, message, 0);
    }

    /** @param position of what is wrong in what was asked, in characters from 1; 0 for nothing certain */
    public QueryProblem(Code code, String message, int position) {
        super(message);
        this.code = code;
        this.position = position;
    }

    /** Where in what was asked the problem is, in characters from 1. */
    public Optional<Integer> position() {
        return position > 0 ? Optional.of(position) : Optional.empty();
    }

    /** Why. */
    public Code code() {
        return code;
    }
}

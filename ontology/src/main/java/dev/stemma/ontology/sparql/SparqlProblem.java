package dev.stemma.ontology.sparql;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** A query that cannot be answered, with a stable code and a sentence for the person who asked. */
public final class SparqlProblem extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** What went wrong, for callers that react to it. */
    public enum Code {
        /** The text is not SPARQL 1.1; the message names line and column. */
        SYNTAX,
        /** SPARQL that Stemma does not run: SERVICE, FROM, named graphs, updates, foreign functions. */
        UNSUPPORTED,
        /** The format does not fit the form of the query: a graph as CSV, a table as Turtle. */
        NOT_ACCEPTABLE,
        /** It took longer than allowed. */
        TIMEOUT,
        /** It returned, or went through, more rows than allowed. */
        TOO_MANY_ROWS,
        /** It built a text larger than allowed. */
        TOO_LARGE,
        /** The graph did not answer. */
        UNAVAILABLE;

        /** The word used in HTTP problems and on the command line: {@code sparql-too-many-rows}. */
        public String word() {
            return "sparql-" + name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    private final Code code;

    public SparqlProblem(Code code, String message) {
        this(code, message, null);
    }

    public SparqlProblem(Code code, String message, @Nullable Throwable cause) {
        super(message, cause);
        this.code = code;
    }

    /** What went wrong. */
    public Code code() {
        return code;
    }
}

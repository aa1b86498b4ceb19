package dev.stemma.graph.store;

/** The graph did not answer, or refused a statement. The message says what to do where that is known. */
public class GraphException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final Kind kind;

    /** What went wrong, for callers that react to it. */
    public enum Kind {
        /** No server answers at the address. */
        UNREACHABLE,
        /** The server does not accept the user and password. */
        UNAUTHENTICATED,
        /** The statement is wrong: syntax, types, unknown parameters. */
        INVALID,
        /** A read-only way in was asked to write. */
        READ_ONLY,
        /** It took longer than allowed. */
        TIMEOUT,
        /** It returned more rows than allowed. */
        TOO_MANY_ROWS,
        /** A uniqueness constraint was in the way. */
        CONFLICT,
        /** Anything else. */
        FAILED
    }

    public GraphException(Kind kind, String message, Throwable cause) {
        super(message, cause);
        this.kind = kind;
    }

    public GraphException(Kind kind, String message) {
        super(message);
        this.kind = kind;
    }

    /** What went wrong. */
    public Kind kind() {
        return kind;
    }
}

package dev.stemma.api.problem;

/** Ends a request with a problem. */
public final class ProblemException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient Problem problem;

    public ProblemException(Problem problem) {
        super(problem.code() + ": " + problem.sentence());
        this.problem = problem;
    }

    /** What the asker gets to see. */
    public Problem problem() {
        return problem;
    }
}

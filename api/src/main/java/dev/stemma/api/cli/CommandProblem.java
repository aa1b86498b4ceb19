package dev.stemma.api.cli;

import dev.stemma.api.problem.Outcome;

/** Ends a command: a sentence for the person and an exit code for the script. */
final class CommandProblem extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final Outcome outcome;

    CommandProblem(Outcome outcome, String message) {
        super(message);
        this.outcome = outcome;
    }

    CommandProblem(Outcome outcome, String message, Throwable cause) {
        super(message, cause);
        this.outcome = outcome;
    }

    Outcome outcome() {
        return outcome;
    }

    /** No service runs on the data directory. */
    static CommandProblem notRunning() {
        return new CommandProblem(Outcome.FAILED, "the service isn't running. run: stemma up");
    }
}

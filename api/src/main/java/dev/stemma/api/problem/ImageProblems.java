package dev.stemma.api.problem;

import dev.stemma.ingest.problem.Corrupt;
import dev.stemma.ingest.problem.ImageProblem;
import dev.stemma.ingest.problem.NotAllowed;
import dev.stemma.ingest.problem.OverBudget;
import dev.stemma.ingest.problem.Unreadable;
import dev.stemma.ingest.problem.Unsupported;

/** What is wrong with an image, as an answer. The code is the image problem's own; its kind and code decide the rest. */
public final class ImageProblems {

    private ImageProblems() {}

    /** The problem that an asker gets to see. */
    public static Problem problem(ImageProblem found) {
        Outcome outcome = outcome(found);
        int status =
                switch (outcome) {
                    case NOT_ALLOWED -> 403;
                    case NOT_FOUND -> 404;
                    case CONFLICT -> 409;
                    case UNREADABLE -> 422;
                    case DONE, FAILED, USAGE -> 500;
                };
        return Problem.of(
                found.code(), status, outcome, found.reason(), found.remedy(), String.valueOf(found.origin()));
    }

    private static Outcome outcome(ImageProblem found) {
        return switch (found) {
            case NotAllowed _ -> Outcome.NOT_ALLOWED;
            case Unreadable _ ->
                switch (found.code()) {
                    case "not-found" -> Outcome.NOT_FOUND;
                    case "in-use" -> Outcome.CONFLICT;
                    case "tool-missing", "fuse-missing", "mount-failed" -> Outcome.FAILED;
                    default -> Outcome.UNREADABLE;
                };
            case OverBudget _ -> found.code().equals("cancelled") ? Outcome.CONFLICT : Outcome.UNREADABLE;
            case Corrupt _, Unsupported _ -> Outcome.UNREADABLE;
        };
    }
}

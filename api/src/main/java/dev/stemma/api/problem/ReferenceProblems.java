package dev.stemma.api.problem;

import dev.stemma.ingest.content.DamagedStoreException;
import dev.stemma.ingest.content.StoreInUseException;
import dev.stemma.ingest.content.StoreUnreachableException;
import dev.stemma.ingest.reference.ReferenceProblem;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.util.Locale;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What the reference repository refuses, or its store cannot do, as an answer. */
public final class ReferenceProblems {

    private static final Logger LOG = LoggerFactory.getLogger(ReferenceProblems.class);

    private ReferenceProblems() {}

    /** The problem that an asker gets to see. */
    public static Problem problem(ReferenceProblem found) {
        return Problem.of(
                ProblemCode.valueOf(found.code().name()),
                String.valueOf(found.getMessage()),
                found.remedy().orElse(null));
    }

    /** The same for the content store's files. */
    public static Problem problem(IOException found) {
        String detail = String.valueOf(found.getMessage());
        String words = detail.toLowerCase(Locale.ROOT);
        return switch (found) {
            case DamagedStoreException _ ->
                Problem.of(
                        ProblemCode.STORE_DAMAGED,
                        detail,
                        "See which versions it hits: stemma verify. Then take it out with --repair, and check them in again from another copy.");
            case StoreUnreachableException _ -> Problem.of(ProblemCode.STORE_UNREACHABLE, detail, null);
            case StoreInUseException _ -> Problem.of(ProblemCode.STORE_IN_USE, detail, null);
            case FileAlreadyExistsException _ ->
                Problem.of(ProblemCode.TARGET_EXISTS, detail + " is there already", "Name another target.");
            default -> {
                LOG.error("the content store failed", found);
                yield words.contains("no space left") || words.contains("quota")
                        ? Problem.of(
                                ProblemCode.STORE_FULL,
                                "there is no space left: " + detail,
                                "Free some space, for instance by stemma gc, and ask again: nothing was half done.")
                        : Problem.of(
                                ProblemCode.STORE_UNWRITABLE,
                                "its files cannot be read or written: " + found,
                                "Look at the medium and its permissions; the service's log has the details.");
            }
        };
    }
}

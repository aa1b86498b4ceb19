package dev.stemma.api.problem;

import dev.stemma.ingest.content.DamagedPackException;
import dev.stemma.ingest.content.DamagedStoreException;
import dev.stemma.ingest.content.StoreFullException;
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

    /** What to do about a pack that cannot be read. */
    public static final String PACK_REMEDY =
            "Bring the file back from a backup of the store, if there is one; see which versions are hit: stemma verify. "
                    + "Or take it out and bring back what it held: stemma verify --repair --from IMAGE, with an image of each version that is hit.";

    private ReferenceProblems() {}

    /** The problem that an asker gets to see. */
    public static Problem problem(ReferenceProblem found) {
        return Problem.of(
                ProblemCode.valueOf(found.code().name()),
                String.valueOf(found.getMessage()),
                found.remedy().orElse(null));
    }

    /** Whether that is what the system says where a medium is full. */
    public static boolean full(String words) {
        String lower = words.toLowerCase(Locale.ROOT);
        return lower.contains("no space left") || lower.contains("quota exceeded");
    }

    private static Problem storeFull(String detail) {
        return Problem.of(
                ProblemCode.STORE_FULL,
                "there is no space left: " + detail,
                "Free some space where it lies, for instance by stemma gc, or give it a larger medium, and ask again: nothing was half done.");
    }

    /** The same for the content store's files. */
    public static Problem problem(IOException found) {
        String detail = String.valueOf(found.getMessage());
        String words = detail.toLowerCase(Locale.ROOT);
        if (words.contains("read-only file system")) {
            return Problem.of(
                    ProblemCode.STORE_READ_ONLY,
                    "the content store lies where nothing may be written: " + detail,
                    "Find out why (mount, dmesg), and make it writable again: mount -o remount,rw. Nothing was half done.");
        }
        return switch (found) {
            case DamagedPackException _ -> Problem.of(ProblemCode.PACK_DAMAGED, detail, PACK_REMEDY);
            case DamagedStoreException _ ->
                Problem.of(
                        ProblemCode.STORE_DAMAGED,
                        detail,
                        "See which versions it hits: stemma verify. Then take it out, and bring it back from other images of them: stemma verify --repair --from IMAGE.");
            case StoreFullException _ -> storeFull(detail);
            case StoreUnreachableException _ -> Problem.of(ProblemCode.STORE_UNREACHABLE, detail, null);
            case StoreInUseException _ -> Problem.of(ProblemCode.STORE_IN_USE, detail, null);
            case FileAlreadyExistsException _ ->
                Problem.of(ProblemCode.TARGET_EXISTS, detail + " is there already", "Name another target.");
            default -> {
                LOG.error("the content store failed", found);
                yield full(detail)
                        ? storeFull(detail)
                        : Problem.of(
                                ProblemCode.STORE_UNWRITABLE,
                                "its files cannot be read or written: " + found,
                                "Look at the medium and its permissions; the service's log has the details.");
            }
        };
    }
}

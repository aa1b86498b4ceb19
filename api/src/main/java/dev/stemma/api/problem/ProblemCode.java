package dev.stemma.api.problem;

import java.util.Locale;

/** Codes of problems that the service itself finds; those found in images keep their own, see {@link ImageProblems}. */
public enum ProblemCode {
    /** No token, or a wrong one. */
    SIGN_IN_REQUIRED(401, Outcome.NOT_ALLOWED),
    /** The token's role does not reach that far. */
    ROLE_REQUIRED(403, Outcome.NOT_ALLOWED),
    /** The Host header names no address of this service (DNS rebinding). */
    HOST_NOT_ALLOWED(403, Outcome.NOT_ALLOWED),
    /** A path outside the allowed directories. */
    PATH_NOT_ALLOWED(403, Outcome.NOT_ALLOWED),
    /** Read-only Cypher or SPARQL was asked to write. */
    READ_ONLY(403, Outcome.NOT_ALLOWED),
    /** A parameter or body that does not say what it must. */
    BAD_REQUEST(400, Outcome.USAGE),
    /** A Cypher, SPARQL or GraphQL text that is wrong. */
    BAD_QUERY(400, Outcome.USAGE),
    /** No image, path, job or page by that name. */
    NOT_FOUND(404, Outcome.NOT_FOUND),
    /** The reference fits several images. */
    AMBIGUOUS(409, Outcome.CONFLICT),
    /** The image was never indexed. */
    NOT_INDEXED(409, Outcome.CONFLICT),
    /** The question needs files, and the image was indexed at the basic level only. */
    NO_FILES(409, Outcome.CONFLICT),
    /** The image derives from none that is known, so there is nothing to compare it with. */
    NO_BASELINE(409, Outcome.CONFLICT),
    /** As of a past date that is not known; it is known of now only. */
    NO_PAST(400, Outcome.USAGE),
    /** The image is in no group of images that are so alike. */
    NO_CLUSTER(404, Outcome.NOT_FOUND),
    /** There are more pairs of images than fit into memory. */
    TOO_MANY_PAIRS(422, Outcome.FAILED),
    /** The thing is past the state that the request needs. */
    CONFLICT(409, Outcome.CONFLICT),
    /** No version chain has that name. */
    NO_SUCH_CHAIN(404, Outcome.NOT_FOUND),
    /** No machine has that id or name. */
    NO_SUCH_MACHINE(404, Outcome.NOT_FOUND),
    /** The image is no version of any chain. */
    NOT_A_VERSION(409, Outcome.CONFLICT),
    /** A new chain was to have a name that another has. */
    CHAIN_EXISTS(409, Outcome.CONFLICT),
    /** The chain has grown meanwhile. */
    CHAIN_MOVED(409, Outcome.CONFLICT),
    /** The image has no chain of its own, and none was named. */
    NO_OWN_CHAIN(409, Outcome.CONFLICT),
    /** The version is in a state in which that cannot be done. */
    STATE_NOT_ALLOWED(409, Outcome.CONFLICT),
    /** A channel points to the version, or something descends from it. */
    VERSION_IN_USE(409, Outcome.CONFLICT),
    /** The bytes of the version were let go of. */
    COLLECTED(409, Outcome.CONFLICT),
    /** Something lies where the check-out was to go. */
    TARGET_EXISTS(409, Outcome.CONFLICT),
    /** A file cannot be made where a check-out was to go. */
    TARGET_UNWRITABLE(500, Outcome.FAILED),
    /** An image that is not one file, or is there no more, is to be copied. */
    NO_SINGLE_FILE(409, Outcome.CONFLICT),
    /** There is no space where a check-out was to go. */
    TARGET_FULL(507, Outcome.FAILED),
    /** The content store's medium is full. */
    STORE_FULL(507, Outcome.FAILED),
    /** The content store's medium may only be read. */
    STORE_READ_ONLY(500, Outcome.FAILED),
    /** The content store's files cannot be read or written. */
    STORE_UNWRITABLE(500, Outcome.FAILED),
    /** The content store holds something else than it should. */
    STORE_DAMAGED(500, Outcome.FAILED),
    /** A pack of the content store is cut off, or its directory is damaged: nothing of it can be read. */
    PACK_DAMAGED(500, Outcome.FAILED),
    /** The server that holds the content store does not answer. */
    STORE_UNREACHABLE(503, Outcome.FAILED),
    /** Another process has the content store open. */
    STORE_IN_USE(409, Outcome.CONFLICT),
    /** The answer would cost more than is allowed. */
    LIMIT_REACHED(422, Outcome.FAILED),
    /** The method is not for this address. */
    METHOD_NOT_ALLOWED(405, Outcome.USAGE),
    /** The graph does not answer. */
    GRAPH_UNREACHABLE(503, Outcome.FAILED),
    /** The service is still starting. */
    STARTING(503, Outcome.FAILED),
    /** A defect; the service's log has the details. */
    INTERNAL(500, Outcome.FAILED);

    private final int status;
    private final Outcome outcome;

    ProblemCode(int status, Outcome outcome) {
        this.status = status;
        this.outcome = outcome;
    }

    /** HTTP status. */
    public int status() {
        return status;
    }

    /** How the command line ends. */
    public Outcome outcome() {
        return outcome;
    }

    /** The code as it appears in answers. */
    public String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** A problem of this code, to throw. */
    public ProblemException because(String detail) {
        return new ProblemException(Problem.of(this, detail, null));
    }

    /** A problem of this code with what to do about it, to throw. */
    public ProblemException because(String detail, String remedy) {
        return new ProblemException(Problem.of(this, detail, remedy));
    }
}

package dev.stemma.ingest.reference;

import java.util.Locale;
import java.util.Optional;

/** The reference repository does not do what was asked, and nothing of it was done. */
public final class ReferenceProblem extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final Code code;
    private final transient Optional<String> remedy;

    /** What stands in the way. */
    public enum Code {
        /** No chain has that name. */
        NO_SUCH_CHAIN,
        /** No machine has that id. */
        NO_SUCH_MACHINE,
        /** An image that is no version of any chain. */
        NOT_A_VERSION,
        /** A new chain was to have a name that another has. */
        CHAIN_EXISTS,
        /** The chain has grown since the check-in was asked for, or since the image was taken from it. */
        CHAIN_MOVED,
        /** The image has no chain of its own, and none was named. */
        NO_OWN_CHAIN,
        /** A state that the version cannot go to from the one it is in, or in which it cannot do what was asked. */
        STATE_NOT_ALLOWED,
        /** A channel points to the version, or something descends from it. */
        VERSION_IN_USE,
        /** Its bytes were let go of. */
        COLLECTED;

        /** The code as it appears in answers. */
        public String word() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    private ReferenceProblem(Code code, String message, Optional<String> remedy) {
        super(message);
        this.code = code;
        this.remedy = remedy;
    }

    ReferenceProblem(Code code, String message) {
        this(code, message, Optional.empty());
    }

    ReferenceProblem(Code code, String message, String remedy) {
        this(code, message, Optional.of(remedy));
    }

    /** What stands in the way. */
    public Code code() {
        return code;
    }

    /** What a person can do about it. */
    public Optional<String> remedy() {
        return remedy;
    }
}

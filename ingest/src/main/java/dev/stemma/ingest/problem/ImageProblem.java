package dev.stemma.ingest.problem;

import org.jspecify.annotations.Nullable;

/**
 * Something that keeps an image, or a part of it, from being read. A checked exception: whoever reads a strange disk
 * decides whether it costs an entry, a file system or the image, and records it.
 */
public abstract sealed class ImageProblem extends Exception
        permits Corrupt, Unsupported, Unreadable, OverBudget, NotAllowed {

    private static final long serialVersionUID = 1L;

    private final String code;
    private final transient Origin origin;
    private final @Nullable String remedy;

    ImageProblem(String code, Origin origin, String message, @Nullable String remedy, @Nullable Throwable cause) {
        super(message, cause);
        this.code = code;
        this.origin = origin;
        this.remedy = remedy;
    }

    /** Stable, in kebab case: {@code truncated}, {@code backing-missing}. */
    public String code() {
        return code;
    }

    /** The place, from the outside in. */
    public Origin origin() {
        return origin;
    }

    /** What a person can do about it; null where nothing is known to help. */
    public @Nullable String remedy() {
        return remedy;
    }

    /** What is wrong, without the place. */
    public String reason() {
        return super.getMessage() == null ? code : super.getMessage();
    }

    /** Place, reason and remedy in one line. */
    @Override
    public String getMessage() {
        return origin + ": " + reason() + (remedy == null ? "" : ". " + remedy);
    }
}

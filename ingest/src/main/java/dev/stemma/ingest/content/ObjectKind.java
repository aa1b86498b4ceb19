package dev.stemma.ingest.content;

import java.util.Optional;

/** What an object of the store is, and so what its name says. */
enum ObjectKind {
    /** Bytes, named by their SHA-256. */
    CHUNK(1),
    /** What makes a content of several chunks, named by the SHA-256 of the content. */
    RECIPE(2),
    /** A part of a recipe, named by its own SHA-256. */
    NODE(3);

    final int code;

    ObjectKind(int code) {
        this.code = code;
    }

    static Optional<ObjectKind> find(int code) {
        return switch (code) {
            case 1 -> Optional.of(CHUNK);
            case 2 -> Optional.of(RECIPE);
            case 3 -> Optional.of(NODE);
            default -> Optional.empty();
        };
    }
}

package dev.stemma.ingest.image.qcow2;

import dev.stemma.graph.model.GuestName;
import dev.stemma.ingest.problem.NotAllowed;
import dev.stemma.ingest.problem.Origin;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;

/**
 * The name of a backing file as a header has it: bytes that anybody may have written. QEMU takes more than file names there
 * ({@code json:}, {@code nbd://}, {@code fat:}); here only a plain path is one.
 */
public record BackingName(GuestName name) {

    BackingName(byte[] bytes) {
        this(GuestName.of(bytes));
    }

    /**
     * The path meant: absolute, or relative to the directory of the file that names it.
     *
     * @throws NotAllowed {@code backing-forbidden} for anything that is not a plain path
     */
    public Path resolve(Path directory, Origin origin) throws NotAllowed {
        String text = name.escaped();
        int colon = text.indexOf(':');
        int slash = text.indexOf('/');
        if (colon >= 0 && (slash < 0 || colon < slash)) {
            throw forbidden(origin, "is not a plain path");
        }
        if (text.indexOf('\\') >= 0) {
            throw forbidden(origin, "has bytes that no image's name should have");
        }
        try {
            return directory.resolve(text).normalize();
        } catch (InvalidPathException e) {
            throw forbidden(origin, "is not a path: " + e.getReason());
        }
    }

    private NotAllowed forbidden(Origin origin, String why) {
        return new NotAllowed(
                "backing-forbidden",
                origin,
                "the backing name '" + name.escaped() + "' " + why,
                "If you trust the image: qemu-img rebase -u -b FILE -F FORMAT.");
    }
}

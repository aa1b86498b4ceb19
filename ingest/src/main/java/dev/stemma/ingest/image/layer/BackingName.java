package dev.stemma.ingest.image.layer;

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

    /** The bytes as the header has them. */
    public static BackingName of(byte[] bytes) {
        return new BackingName(GuestName.of(bytes));
    }

    /**
     * A name that a program of Windows wrote. What is relative stays so; of an absolute path only the last name can mean
     * anything here, beside the file that names it.
     */
    public static BackingName ofWindows(String text) {
        String path = text.replace('\\', '/');
        boolean absolute = path.startsWith("/") || (path.length() > 1 && path.charAt(1) == ':');
        return new BackingName(GuestName.ofText(absolute ? path.substring(path.lastIndexOf('/') + 1) : path));
    }

    /** Whether it is one name, without any directory. */
    public boolean plain() {
        String text = name.escaped();
        return !text.isEmpty()
                && !text.equals(".")
                && !text.equals("..")
                && text.indexOf('/') < 0
                && text.indexOf('\\') < 0
                && text.indexOf(':') < 0;
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

package dev.stemma.ingest.manifest;

import dev.stemma.graph.id.Digest;
import java.io.IOException;
import java.nio.file.Path;

/** A stored manifest does not say what its name promises. Index the image again to write it anew. */
public final class DamagedManifestException extends IOException {

    private static final long serialVersionUID = 1L;

    DamagedManifestException(Path file, Digest expected, String reason, Throwable cause) {
        super(message(file, expected, reason), cause);
    }

    DamagedManifestException(Path file, Digest expected, String reason) {
        super(message(file, expected, reason));
    }

    private static String message(Path file, Digest expected, String reason) {
        return file + ": the manifest " + expected.hex() + " is damaged: " + reason + ". Index the image again.";
    }
}

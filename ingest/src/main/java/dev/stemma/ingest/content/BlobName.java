package dev.stemma.ingest.content;

import dev.stemma.graph.id.Digest;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Where a blob of a store lies, below the place that the store has: {@code docs/formats/store.adoc} gives the layout.
 *
 * @param path parts with a slash between them, in ASCII
 */
public record BlobName(String path) {

    private static final Pattern PATH = Pattern.compile("[a-z0-9]+(/[a-z0-9]+)*(\\.[a-z]+)?");

    /** What says of which format the store is. */
    static final BlobName FORMAT = new BlobName("format");

    /** What says which packs the store should have. */
    static final BlobName PACKS = new BlobName("packs.list");

    /** Blobs that are named by a digest. */
    public enum Kind {
        /** Named by its directory. */
        PACK("packs", ".pack"),
        /** An image manifest, named by all of it. */
        IMAGE("images", ".image");

        private final String folder;
        private final String suffix;

        Kind(String folder, String suffix) {
            this.folder = folder;
            this.suffix = suffix;
        }

        /** Where all of them lie, without a slash behind. */
        public String folder() {
            return folder;
        }

        /** The name of a blob. */
        public BlobName of(Digest digest) {
            String hex = digest.hex();
            return new BlobName(folder + "/" + hex.substring(0, 2) + "/" + hex.substring(2) + suffix);
        }

        /** The digest that a path names; empty when it is not the path of a blob of this kind. */
        public Optional<Digest> find(String path) {
            int slash = folder.length() + 3;
            if (!path.startsWith(folder + "/") || !path.endsWith(suffix) || path.length() <= slash) {
                return Optional.empty();
            }
            String hex = path.substring(folder.length() + 1, slash)
                    + path.substring(slash + 1, Math.max(slash + 1, path.length() - suffix.length()));
            return path.charAt(slash) == '/' && hex.matches("[0-9a-f]{64}")
                    ? Optional.of(Digest.parse(hex))
                    : Optional.empty();
        }
    }

    /** Checks it: no part may lead out of the store. */
    public BlobName {
        if (!PATH.matcher(path).matches()) {
            throw new IllegalArgumentException("no path of a blob: " + path);
        }
    }

    @Override
    public String toString() {
        return path;
    }
}

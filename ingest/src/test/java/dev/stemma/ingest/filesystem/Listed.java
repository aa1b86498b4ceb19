package dev.stemma.ingest.filesystem;

import dev.stemma.graph.id.Digest;
import dev.stemma.graph.model.GuestName;
import dev.stemma.graph.model.GuestPath;
import dev.stemma.graph.model.Payload;
import dev.stemma.ingest.problem.ImageProblem;
import java.lang.foreign.MemorySegment;
import java.security.MessageDigest;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * One entry as text, in a form that a listing by other tools can take too; two listings are compared whole.
 *
 * @param attributes extended attributes with values in hexadecimal
 * @param content SHA-256 of a file, target of a link, numbers of a device, else empty
 */
public record Listed(
        String kind,
        long sizeBytes,
        String mode,
        long uid,
        long gid,
        long modified,
        long links,
        String content,
        Map<String, String> attributes) {

    /** All below the root, by escaped path. */
    public static SortedMap<String, Listed> of(FileSystemReader reader) throws ImageProblem {
        SortedMap<String, Listed> listing = new TreeMap<>();
        walk(reader, reader.root(), GuestPath.ROOT, listing);
        return listing;
    }

    /** What two listings disagree about, a line an entry, the first twenty; empty when they are the same. */
    public static List<String> differences(SortedMap<String, Listed> expected, SortedMap<String, Listed> actual) {
        SortedSet<String> paths = new TreeSet<>(expected.keySet());
        paths.addAll(actual.keySet());
        return paths.stream()
                .filter(path -> !Objects.equals(expected.get(path), actual.get(path)))
                .map(path -> path + ": expected " + expected.get(path) + ", found " + actual.get(path))
                .limit(20)
                .toList();
    }

    private static void walk(FileSystemReader reader, Node directory, GuestPath path, Map<String, Listed> listing)
            throws ImageProblem {
        for (Node node : reader.list(directory)) {
            GuestPath child = path.child(node.name());
            listing.put(child.escaped(), of(reader, node));
            if (node.payload() instanceof Payload.Directory) {
                walk(reader, node, child, listing);
            }
        }
    }

    private static Listed of(FileSystemReader reader, Node node) throws ImageProblem {
        Map<String, String> attributes = new TreeMap<>();
        for (var attribute : node.attributes().xattrs().entrySet()) {
            attributes.put(attribute.getKey().escaped(), hex(attribute.getValue()));
        }
        boolean directory = node.payload() instanceof Payload.Directory;
        return new Listed(
                node.payload().kind(),
                node.payload() instanceof Payload.File file ? file.sizeBytes() : 0,
                Integer.toOctalString(node.attributes().mode()),
                node.attributes().uid(),
                node.attributes().gid(),
                node.attributes().times().modified().getEpochSecond(),
                directory ? 0 : node.attributes().links(),
                content(reader, node),
                attributes);
    }

    private static String content(FileSystemReader reader, Node node) throws ImageProblem {
        return switch (node.payload()) {
            case Payload.File file ->
                file.digest().isPresent()
                        ? file.digest().get().hex()
                        : digest(reader, node).hex();
            case Payload.Link link -> link.target().escaped();
            case Payload.Device device -> device.major() + ":" + device.minor();
            case Payload.Directory _, Payload.Pipe _, Payload.Socket _ -> "";
        };
    }

    /** Reads a file and digests it, holes as zeros. */
    public static Digest digest(FileSystemReader reader, Node file) throws ImageProblem {
        MessageDigest sha256 = Digest.newSha256();
        reader.read(file, new FileSystemReader.ContentSink() {
            private final byte[] zeros = new byte[1 << 20];

            @Override
            public void data(MemorySegment bytes) {
                sha256.update(bytes.asByteBuffer());
            }

            @Override
            public void hole(long lengthBytes) {
                for (long left = lengthBytes; left > 0; left -= zeros.length) {
                    sha256.update(zeros, 0, (int) Math.min(left, zeros.length));
                }
            }
        });
        return Digest.of(sha256.digest());
    }

    private static String hex(GuestName value) {
        return java.util.HexFormat.of().formatHex(value.bytes());
    }
}

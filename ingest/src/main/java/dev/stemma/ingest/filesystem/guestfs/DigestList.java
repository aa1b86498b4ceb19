package dev.stemma.ingest.filesystem.guestfs;

import dev.stemma.graph.id.Digest;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The digests of a file system's files as {@code sha256sum} printed them in the appliance. Holds the first half million by the
 * digests of their paths; files beyond have none here and are read.
 */
final class DigestList {

    private static final int MAX = 500_000;
    private static final int MAX_LINE_BYTES = 128 << 10;

    private final Map<Digest, Digest> byPath = new HashMap<>();

    /** Reads lines of digest, two blanks and path; a leading backslash says that the path has escapes. */
    static DigestList read(Path file) throws IOException {
        DigestList list = new DigestList();
        list.add(file, new byte[] {'.'});
        return list;
    }

    /** Reads more lines, about a directory: {@code ./usr} takes the place of the dot that each path starts with. */
    void add(Path file, byte[] directory) throws IOException {
        try (InputStream in = new BufferedInputStream(Files.newInputStream(file), 1 << 16)) {
            ByteArrayOutputStream line = new ByteArrayOutputStream();
            for (int b = in.read(); b >= 0 && byPath.size() < MAX; b = in.read()) {
                if (b != '\n') {
                    if (line.size() >= MAX_LINE_BYTES) {
                        throw new IOException("a line of more than " + MAX_LINE_BYTES + " bytes");
                    }
                    line.write(b);
                    continue;
                }
                add(line.toByteArray(), directory);
                line.reset();
            }
        }
    }

    private void add(byte[] line, byte[] directory) throws IOException {
        boolean escaped = line.length > 0 && line[0] == '\\';
        int start = escaped ? 1 : 0;
        if (line.length < start + 67) {
            throw new IOException("a line of " + line.length + " bytes has no room for a digest and a path");
        }
        String hex = new String(line, start, 64, java.nio.charset.StandardCharsets.US_ASCII);
        ByteArrayOutputStream path = new ByteArrayOutputStream();
        path.writeBytes(directory);
        // The dot is followed by a slash, which no escape begins with.
        for (int i = start + 67; i < line.length; i++) {
            byte b = line[i];
            if (escaped && b == '\\' && i + 1 < line.length) {
                i++;
                b = (byte) (line[i] == 'n' ? '\n' : line[i] == 'r' ? '\r' : line[i]);
            }
            path.write(b);
        }
        try {
            byPath.put(Digest.sha256(path.toByteArray()), Digest.parse(hex));
        } catch (IllegalArgumentException e) {
            throw new IOException("a line without a digest", e);
        }
    }

    /** The digest of the file at a path that starts with {@code ./}. */
    Optional<Digest> find(byte[] path) {
        return Optional.ofNullable(byPath.get(Digest.sha256(path)));
    }
}

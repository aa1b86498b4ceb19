package dev.stemma.ingest.manifest;

import com.github.luben.zstd.ZstdInputStream;
import dev.stemma.graph.id.Digest;
import dev.stemma.graph.model.Entry;
import dev.stemma.graph.model.GuestPath;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.ObjLongConsumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Reads a manifest as a stream, line after line, and verifies its digest when the end is reached. Not thread-safe.
 */
public final class ManifestReader implements AutoCloseable {

    /** A line holds a path and its attributes; what is longer was not written by us. */
    private static final int MAX_LINE_BYTES = 16 << 20;

    private final Path file;
    private final Digest expected;
    private final MessageDigest sha256 = Digest.newSha256();
    private final InputStream in;
    private byte[] bytes = new byte[1 << 16];
    private int start;
    private int limit;
    private @Nullable String peeked;
    private boolean started;
    private boolean ended;

    ManifestReader(Path file, Digest expected) throws IOException {
        this.file = file;
        this.expected = expected;
        this.in = new DigestInputStream(new ZstdInputStream(Files.newInputStream(file)), sha256);
    }

    /**
     * The next section or entry; empty after the last, when the text has been verified.
     *
     * @throws DamagedManifestException when the text is not a manifest or not the one that its name promises
     */
    public Optional<ManifestLine> next() throws IOException {
        try {
            String line = nextContent();
            if (line == null) {
                return Optional.empty();
            }
            return Optional.of(
                    line.startsWith(Mtree.SECTION)
                            ? Mtree.parseSection(line)
                            : new ManifestLine.Item(Mtree.parse(line, more())));
        } catch (IllegalArgumentException | IndexOutOfBoundsException e) {
            throw new DamagedManifestException(file, expected, "unreadable line", e);
        }
    }

    Optional<Entry> find(int volume, int partition, GuestPath path) throws IOException {
        StringBuilder start = new StringBuilder(".");
        path.names().forEach(name -> Vis.append(start.append('/'), name));
        String wanted = start.append(' ').toString();
        boolean inside = false;
        Entry found = null;
        try {
            for (String line = nextContent(); line != null; line = nextContent()) {
                if (line.startsWith(Mtree.SECTION)) {
                    ManifestLine.Section section = Mtree.parseSection(line);
                    inside = section.volume() == volume && section.partition() == partition;
                } else if (inside && found == null && line.startsWith(wanted)) {
                    found = Mtree.parse(line, more());
                }
            }
        } catch (IllegalArgumentException | IndexOutOfBoundsException e) {
            throw new DamagedManifestException(file, expected, "unreadable line", e);
        }
        return Optional.ofNullable(found);
    }

    /**
     * The digests of the regular files of some sections, read without parsing more than that; the text is verified to its end.
     *
     * @param wanted which sections
     * @throws DamagedManifestException as {@link #next}
     */
    public Map<ManifestLine.Section, FileDigests> digests(Predicate<ManifestLine.Section> wanted) throws IOException {
        Map<ManifestLine.Section, FileDigests> all = new HashMap<>();
        FileDigests section = null;
        try {
            for (String line = nextContent(); line != null; line = nextContent()) {
                if (line.startsWith(Mtree.SECTION)) {
                    ManifestLine.Section next = Mtree.parseSection(line);
                    section = wanted.test(next) ? new FileDigests() : null;
                    if (section != null && all.put(next, section) != null) {
                        throw new IllegalArgumentException("the same section twice");
                    }
                } else if (section != null) {
                    Mtree.addDigest(line, section);
                }
            }
        } catch (IllegalArgumentException | IndexOutOfBoundsException e) {
            throw new DamagedManifestException(file, expected, "unreadable line", e);
        }
        return all;
    }

    /**
     * Gives the digest and the bytes of each regular file that is not empty, read without parsing more than that; the text is verified to its end.
     *
     * @throws DamagedManifestException as {@link #next}; some may have been given then
     */
    public void contents(ObjLongConsumer<Digest> contents) throws IOException {
        try {
            for (String line = nextContent(); line != null; line = nextContent()) {
                if (!line.startsWith(Mtree.SECTION)) {
                    Mtree.content(line, contents);
                }
            }
        } catch (IllegalArgumentException | IndexOutOfBoundsException e) {
            throw new DamagedManifestException(file, expected, "unreadable line", e);
        }
    }

    /** The next line that is a section or an entry. */
    private @Nullable String nextContent() throws IOException {
        if (!started) {
            started = true;
            if (!Mtree.SIGNATURE.equals(nextLine()) || !Mtree.VERSION.equals(nextLine())) {
                throw new DamagedManifestException(file, expected, "it does not start as a manifest of version 1");
            }
        }
        String line = nextLine();
        while (line != null && (line.isEmpty() || (line.startsWith("#") && !line.startsWith(Mtree.SECTION)))) {
            line = nextLine();
        }
        return line;
    }

    /** The comment that belongs to the entry just read; empty when it has none. */
    private String more() throws IOException {
        String line = nextLine();
        if (line != null && line.startsWith(Mtree.MORE)) {
            return line;
        }
        peeked = line;
        return "";
    }

    private @Nullable String nextLine() throws IOException {
        if (peeked != null) {
            String line = peeked;
            peeked = null;
            return line;
        }
        if (ended) {
            return null;
        }
        while (true) {
            int end = start;
            while (end < limit && bytes[end] != '\n') {
                end++;
            }
            if (end < limit) {
                String line = new String(bytes, start, end - start, StandardCharsets.US_ASCII);
                start = end + 1;
                return line;
            }
            if (!fill()) {
                verify();
                return null;
            }
        }
    }

    /** Reads on behind what is left of the last bytes; false at the end. */
    private boolean fill() throws IOException {
        int left = limit - start;
        if (left == bytes.length) {
            if (left >= MAX_LINE_BYTES) {
                throw new DamagedManifestException(file, expected, "a line without an end");
            }
            bytes = Arrays.copyOf(bytes, 2 * left);
        }
        System.arraycopy(bytes, start, bytes, 0, left);
        start = 0;
        limit = left;
        int count;
        try {
            count = in.read(bytes, limit, bytes.length - limit);
        } catch (IOException e) {
            throw new DamagedManifestException(file, expected, "it does not decompress", e);
        }
        limit += Math.max(0, count);
        return count > 0;
    }

    private void verify() throws IOException {
        ended = true;
        Digest actual = Digest.of(sha256.digest());
        if (!actual.equals(expected) || limit > start) {
            throw new DamagedManifestException(file, expected, "its text has the digest " + actual.hex());
        }
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}

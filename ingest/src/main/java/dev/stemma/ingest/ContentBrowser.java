package dev.stemma.ingest;

import dev.stemma.graph.model.Attributes;
import dev.stemma.graph.model.Entry;
import dev.stemma.graph.model.GuestPath;
import dev.stemma.graph.model.Payload;
import dev.stemma.ingest.analyze.GuestFiles;
import dev.stemma.ingest.analyze.GuestRoots;
import dev.stemma.ingest.bytes.ByteSource;
import dev.stemma.ingest.filesystem.FileSystemReader;
import dev.stemma.ingest.image.ImageOpener;
import dev.stemma.ingest.image.ImageRules;
import dev.stemma.ingest.image.OpenImage;
import dev.stemma.ingest.problem.Budget;
import dev.stemma.ingest.problem.ImageProblem;
import dev.stemma.ingest.problem.Origin;
import dev.stemma.ingest.problem.OverBudget;
import dev.stemma.ingest.problem.Unreadable;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * Looks at single paths straight in an image, without an inventory: what a process of the guest would see. Links are
 * followed inside the guest only. For one thread; close it.
 */
public final class ContentBrowser implements AutoCloseable {

    private final @Nullable OpenImage image;
    private final Disks disks;
    private final GuestFiles files;

    private ContentBrowser(@Nullable OpenImage image, Disks disks, GuestFiles files) {
        this.image = image;
        this.disks = disks;
        this.files = files;
    }

    /**
     * Opens an image to look at its guest, or at one of its file systems alone.
     *
     * @param partition whose file system to look at, on the first disk that has one of that number; empty for the guest's root file system with others mounted in it, or
     *     the largest file system where no guest lives
     * @param budget for all that is asked until it is closed
     * @throws Unreadable {@code no-file-system} when there is none to look at
     */
    public static ContentBrowser open(Path path, ImageRules rules, OptionalInt partition, Budget budget)
            throws ImageProblem {
        OpenImage image = ImageOpener.open(path, rules, budget);
        try {
            Disks disks = Disks.probe(image, List.of(), budget, new ObservationLog(image.origin()));
            return new ContentBrowser(image, disks, choose(disks, partition, image.origin(), budget));
        } catch (ImageProblem | RuntimeException e) {
            image.close();
            throw e;
        }
    }

    /**
     * The same for disks that are read where they lie in the content store.
     *
     * @param volumes at least one; they need no closing
     */
    public static ContentBrowser open(
            List<? extends ByteSource> volumes, Origin origin, OptionalInt partition, Budget budget)
            throws ImageProblem {
        Disks disks = Disks.probe(List.copyOf(volumes), List.of(), budget, new ObservationLog(origin));
        try {
            return new ContentBrowser(null, disks, choose(disks, partition, origin, budget));
        } catch (ImageProblem | RuntimeException e) {
            disks.close();
            throw e;
        }
    }

    private static GuestFiles choose(Disks disks, OptionalInt partition, Origin origin, Budget budget)
            throws ImageProblem {
        if (partition.isPresent()) {
            Optional<FileSystemReader> reader = disks.parts().stream()
                    .filter(part -> part.partition().number() == partition.getAsInt())
                    .flatMap(part -> part.reader().stream())
                    .findFirst();
            return GuestFiles.of(
                    reader.orElseThrow(() -> new Unreadable(
                            "no-file-system",
                            origin,
                            "partition " + partition.getAsInt() + " has no file system that can be read")),
                    budget);
        }
        List<GuestRoots.Candidate> candidates = disks.parts().stream()
                .filter(part -> part.reader().isPresent())
                .map(part -> new GuestRoots.Candidate(part.reader().get(), part.partition(), disks.index(part)))
                .toList();
        Optional<GuestFiles> guest =
                GuestRoots.find(candidates, budget).guests().stream().findFirst();
        if (guest.isPresent()) {
            return guest.get();
        }
        return GuestFiles.of(
                disks.readers().stream()
                        .max(Comparator.comparingLong(reader -> reader.facts().sizeBytes()))
                        .orElseThrow(() -> new Unreadable(
                                "no-file-system",
                                origin,
                                "there is no file system that can be read",
                                "Index the image to see why.")),
                budget);
    }

    /** What it looks at; for any thread, until this is closed. */
    public GuestFiles files() {
        return files;
    }

    /**
     * What lies under a path; a link in the last place is described itself.
     *
     * @return empty when nothing lies there. The path in the entry is where it really lies; files carry no digest
     */
    public Optional<Entry> stat(GuestPath path) throws ImageProblem {
        return files.findLink(path).map(ContentBrowser::entry);
    }

    /** What a directory holds, sorted by name, links followed; empty when no directory lies there. */
    public Optional<List<Entry>> list(GuestPath path) throws ImageProblem {
        Optional<GuestFiles.Found> found = files.find(path);
        if (found.isEmpty() || !(found.get().node().payload() instanceof Payload.Directory)) {
            return Optional.empty();
        }
        return Optional.of(files.list(path).stream().map(ContentBrowser::entry).toList());
    }

    /**
     * Copies the content of a regular file, links followed.
     *
     * @param maxBytes most that is copied
     * @return false when no regular file lies there
     * @throws OverBudget {@code size-limit} when it is longer; nothing was copied then
     * @throws IOException from the stream alone
     */
    public boolean cat(GuestPath path, OutputStream out, long maxBytes) throws ImageProblem, IOException {
        Optional<GuestFiles.Found> found = files.find(path);
        if (found.isEmpty() || !(found.get().node().payload() instanceof Payload.File file)) {
            return false;
        }
        if (file.sizeBytes() > maxBytes) {
            throw new OverBudget(
                    "size-limit",
                    files.origin(path),
                    "has " + file.sizeBytes() + " bytes, at most " + maxBytes + " are copied");
        }
        try {
            found.get().reader().read(found.get().node(), new Copy(out));
        } catch (CopyFailed e) {
            throw e.failure;
        }
        return true;
    }

    private static Entry entry(GuestFiles.Found found) {
        Attributes attributes = found.node().attributes();
        return new Entry(found.path(), attributes, found.node().payload());
    }

    @Override
    public void close() throws ImageProblem {
        try {
            disks.close();
        } finally {
            if (image != null) {
                image.close();
            }
        }
    }

    /** Carries a failure of the stream through a reader, which knows problems of images only. */
    private static final class CopyFailed extends RuntimeException {
        private static final long serialVersionUID = 1L;
        private final IOException failure;

        CopyFailed(IOException failure) {
            super(failure);
            this.failure = failure;
        }
    }

    private record Copy(OutputStream out) implements FileSystemReader.ContentSink {

        private static final byte[] ZEROS = new byte[1 << 16];

        @Override
        public void data(MemorySegment bytes) {
            byte[] piece = new byte[(int) bytes.byteSize()];
            MemorySegment.copy(bytes, 0, MemorySegment.ofArray(piece), 0, piece.length);
            write(piece, piece.length);
        }

        @Override
        public void hole(long lengthBytes) {
            for (long left = lengthBytes; left > 0; left -= ZEROS.length) {
                write(ZEROS, (int) Math.min(ZEROS.length, left));
            }
        }

        private void write(byte[] bytes, int length) {
            try {
                out.write(bytes, 0, length);
            } catch (IOException e) {
                throw new CopyFailed(e);
            }
        }
    }
}

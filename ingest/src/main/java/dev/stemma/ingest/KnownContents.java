package dev.stemma.ingest;

import dev.stemma.graph.id.Digest;
import dev.stemma.graph.model.Payload;
import dev.stemma.ingest.filesystem.FileSystemReader;
import dev.stemma.ingest.filesystem.Node;
import dev.stemma.ingest.filesystem.Places;
import dev.stemma.ingest.image.Foundation;
import dev.stemma.ingest.manifest.FileDigests;
import dev.stemma.ingest.problem.Budget;
import dev.stemma.ingest.problem.ImageProblem;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * Contents of one file system that need not be read, because they lie byte for byte where a file of an indexed parent has its
 * own: then both have one digest, and the parent's manifest says which. Safe for use by several threads.
 */
final class KnownContents {

    /** Nothing is known: everything is read. */
    static final KnownContents NONE = new KnownContents(null, new AtomicBoolean());

    /** One file in so many is read although its digest is known, and must agree. */
    private static final int AUDITED_OF = 128;

    private static final long MAX_AUDITED_BYTES = 1 << 20;

    private final @Nullable Source source;
    private final AtomicBoolean contradicted;
    private final long seed = ThreadLocalRandom.current().nextLong();

    /**
     * What is asked.
     *
     * @param parent reads the parent's file system, from the parent's bytes
     * @param digests what the parent's manifest says of it
     * @param disk the parent's, on which the image stands
     */
    record Source(FileSystemReader parent, FileDigests digests, Foundation disk, Budget budget) {}

    private KnownContents(@Nullable Source source, AtomicBoolean contradicted) {
        this.source = source;
        this.contradicted = contradicted;
    }

    /** @param contradicted is set when a file is found to have another digest than the manifest says */
    static KnownContents of(Source source, AtomicBoolean contradicted) {
        return new KnownContents(source, contradicted);
    }

    /**
     * The digest of a file's content, if it is certain without reading it. The file must have the size and the time of
     * modification that the manifest says of its inode, the parent's inode of that number must have its content at the same
     * places, and no layer above the parent may store anything of those. Whatever cannot be told is not known.
     */
    Optional<Digest> find(FileSystemReader reader, Node node) {
        if (source == null || !(node.payload() instanceof Payload.File file)) {
            return Optional.empty();
        }
        Optional<Digest> digest = source.digests.find(
                node.attributes().inode(),
                file.sizeBytes(),
                FileDigests.nanos(node.attributes().times().modified()));
        try {
            return digest.isPresent() && shown(reader, node, source) ? digest : Optional.empty();
        } catch (ImageProblem | RuntimeException | StackOverflowError e) {
            // Reading the file meets the same, and reports it.
            return Optional.empty();
        }
    }

    private static boolean shown(FileSystemReader reader, Node node, Source source) throws ImageProblem {
        Optional<Places> places = reader.places(node);
        if (places.isEmpty() || !places.equals(source.parent.places(node))) {
            return false;
        }
        for (Places.Piece piece : places.get().pieces()) {
            if (!source.disk.shows(piece.diskBytes(), piece.lengthBytes(), source.budget)) {
                return false;
            }
        }
        return true;
    }

    /** Whether a known file is to be read all the same; which ones differs from run to run. */
    boolean audits(Node node, long sizeBytes) {
        long hash = (node.attributes().inode() ^ seed) * 0x9e3779b97f4a7c15L;
        return sizeBytes <= MAX_AUDITED_BYTES && (hash >>> 32) % AUDITED_OF == 0;
    }

    /** An audited file has another digest: the parent is not what was indexed, and nothing that was taken over is certain. */
    void contradict() {
        contradicted.set(true);
    }
}

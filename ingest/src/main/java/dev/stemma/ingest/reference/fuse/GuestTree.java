package dev.stemma.ingest.reference.fuse;

import dev.stemma.graph.model.Attributes;
import dev.stemma.graph.model.GuestPath;
import dev.stemma.graph.model.Payload;
import dev.stemma.ingest.analyze.GuestFiles;
import dev.stemma.ingest.analyze.GuestFiles.Found;
import dev.stemma.ingest.filesystem.FileSystemReader;
import dev.stemma.ingest.filesystem.Fill;
import dev.stemma.ingest.problem.ImageProblem;
import java.lang.foreign.MemorySegment;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A guest's files in the kernel's terms. Safe for use by several threads. */
final class GuestTree {

    private static final int BLOCK_BYTES = 4_096;
    private static final int SECTOR_BYTES = 512;

    /** File systems are told apart by the high bits of inode numbers: to the kernel they are one. */
    private static final int FILE_SYSTEM_SHIFT = 56;

    private final GuestFiles files;
    private final List<FileSystemReader> readers = new ArrayList<>();

    GuestTree(GuestFiles files) {
        this.files = files;
        readers.add(files.root());
        readers.addAll(files.mounts().values());
    }

    Optional<Found> find(GuestPath path) throws ImageProblem {
        return files.findEntry(path);
    }

    /** What a directory holds, with what is mounted in it. */
    List<Found> list(GuestPath directory) throws ImageProblem {
        List<Found> entries = new ArrayList<>(files.list(directory));
        for (int i = 0; !files.mounts().isEmpty() && i < entries.size(); i++) {
            if (files.mounts().containsKey(entries.get(i).path())) {
                entries.set(i, files.findEntry(entries.get(i).path()).orElse(entries.get(i)));
            }
        }
        return entries;
    }

    /** Fills a stretch of a file; behind its end nothing. */
    static int read(Found file, long offsetBytes, MemorySegment into) throws ImageProblem {
        Fill fill = new Fill(into);
        file.reader().read(file.node(), offsetBytes, into.byteSize(), fill);
        return (int) fill.done();
    }

    /** Never 0, which tools take for nothing. */
    long inode(Found found) {
        long inode = found.node().attributes().inode();
        long within =
                (inode == 0 ? found.node().id() : inode) ^ (long) readers.indexOf(found.reader()) << FILE_SYSTEM_SHIFT;
        return within == 0 ? 1 : within;
    }

    /** {@code struct fuse_attr}. */
    void attributes(Found found, Reply reply) {
        Attributes attributes = found.node().attributes();
        Instant modified = attributes.times().modified();
        Instant accessed = attributes.times().accessed().orElse(modified);
        Instant changed = attributes.times().changed().orElse(modified);
        long size = size(found.node().payload());
        reply.u64(inode(found)).u64(size).u64(Math.ceilDiv(size, SECTOR_BYTES));
        reply.u64(accessed.getEpochSecond()).u64(modified.getEpochSecond()).u64(changed.getEpochSecond());
        reply.u32(accessed.getNano()).u32(modified.getNano()).u32(changed.getNano());
        reply.u32(type(found.node().payload()) << 12 | attributes.mode());
        reply.u32(Math.max(1, attributes.links())).u32(attributes.uid()).u32(attributes.gid());
        reply.u32(device(found.node().payload())).u32(BLOCK_BYTES).u32(0);
    }

    private static long size(Payload payload) {
        return switch (payload) {
            case Payload.File file -> file.sizeBytes();
            case Payload.Link link -> link.target().length();
            case Payload.Directory _ -> BLOCK_BYTES;
            case Payload.Device _, Payload.Pipe _, Payload.Socket _ -> 0;
        };
    }

    /** As in the kind of a mode and of a directory's entry. */
    static int type(Payload payload) {
        return switch (payload) {
            case Payload.Pipe _ -> 1;
            case Payload.Device device -> device.block() ? 6 : 2;
            case Payload.Directory _ -> 4;
            case Payload.File _ -> 8;
            case Payload.Link _ -> 10;
            case Payload.Socket _ -> 12;
        };
    }

    /** As Linux packs it, include/linux/kdev_t.h. */
    private static long device(Payload payload) {
        return payload instanceof Payload.Device device
                ? device.minor() & 0xff | (device.major() & 0xfff) << 8 | (device.minor() & ~0xffL) << 12
                : 0;
    }

    /** {@code struct fuse_kstatfs}: as full as can be. */
    void statistics(Reply reply) {
        reply.u64(Math.ceilDiv(files.root().facts().sizeBytes(), BLOCK_BYTES))
                .u64(0)
                .u64(0);
        reply.u64(0).u64(0).u32(BLOCK_BYTES).u32(255).u32(BLOCK_BYTES).u32(0).zeros(24);
    }
}

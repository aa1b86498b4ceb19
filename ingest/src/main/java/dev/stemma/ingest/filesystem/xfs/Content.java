package dev.stemma.ingest.filesystem.xfs;

import dev.stemma.ingest.bytes.Fields;
import dev.stemma.ingest.filesystem.ContentStream;
import dev.stemma.ingest.filesystem.FileSystemReader.ContentSink;
import dev.stemma.ingest.filesystem.Places;
import dev.stemma.ingest.problem.Corrupt;
import dev.stemma.ingest.problem.ImageProblem;
import dev.stemma.ingest.problem.Origin;
import java.util.Optional;

/** The bytes of files and the targets of links. Safe for several threads. */
record Content(Superblock superblock, Blocks blocks, ContentStream.Buffers streams) {

    private static final int MAX_LINK_BYTES = 1_024;
    private static final int LINK_MAGIC = 0x58534c4d;
    private static final int LINK_HEADER_BYTES = 56;
    private static final long MASK_STARTBLOCK = 0x1ff;

    /** Hands the whole content on, in order. */
    void stream(Inode file, ContentSink sink) throws ImageProblem {
        stream(file, 0, file.sizeBytes(), sink);
    }

    /** Hands a stretch of the content on, in order; it may end behind the file. */
    void stretch(Inode file, long offsetBytes, long lengthBytes, ContentSink sink) throws ImageProblem {
        long start = Math.min(offsetBytes, file.sizeBytes());
        long length = Math.min(lengthBytes, file.sizeBytes() - start);
        if (length > 0) {
            stream(file, start, start + length, sink);
        }
    }

    private void stream(Inode file, long startBytes, long endBytes, ContentSink sink) throws ImageProblem {
        if (file.realtime()) {
            throw new Corrupt("bad-value", file.origin(), "lies on a realtime device, and there is none");
        }
        int blockBytes = superblock.blockBytes();
        long end = Math.ceilDiv(endBytes, (long) blockBytes);
        try (ContentStream stream = streams.open(file.origin(), startBytes, endBytes, sink)) {
            ExtentWalk.walk(
                    file,
                    file.data(),
                    blocks,
                    end,
                    (logical, disk, count) -> stream.run(logical * blockBytes, disk, count * blockBytes));
            stream.finish();
        }
    }

    /** Where a content has its places; those on a realtime device have none. */
    Optional<Places> places(Inode file) throws ImageProblem {
        if (file.realtime()) {
            return Optional.empty();
        }
        int blockBytes = superblock.blockBytes();
        Places.Builder places = new Places.Builder(blocks.source(), file.sizeBytes());
        ExtentWalk.walk(
                file,
                file.data(),
                blocks,
                Math.ceilDiv(file.sizeBytes(), (long) blockBytes),
                (logical, disk, count) -> places.run(logical * blockBytes, disk, count * blockBytes));
        return places.build();
    }

    /** A link's target: in the inode, or in blocks that have a header with version 5. */
    byte[] target(Inode link) throws ImageProblem {
        long size = link.sizeBytes();
        Fork fork = link.data();
        if (size == 0 || size > MAX_LINK_BYTES) {
            throw new Corrupt("bad-value", link.origin(), "the link's target has " + size + " bytes");
        }
        if (fork.format() == Fork.Format.LOCAL) {
            return fork.area().bytes(0, size);
        }
        int header = superblock.version5() ? LINK_HEADER_BYTES : 0;
        int room = superblock.blockBytes() - header;
        ForkMap map = new ForkMap(link, fork, blocks, Math.ceilDiv(size, (long) room));
        byte[] target = new byte[(int) size];
        int done = 0;
        // Blocks that follow each other on disk are one part, with one header.
        for (ForkMap.Run run : map.runs()) {
            Origin at = link.origin().within("target block " + run.logical());
            Fields raw = map.read(run.logical(), (int) run.count(), at);
            int count = (int) Math.min(raw.sizeBytes() - header, size - done);
            if (header > 0) {
                blocks.verify(raw, 12, run.disk(), 40, 16, 32, link.number());
                if ((int) raw.u32(0) != LINK_MAGIC || raw.u32(4) != done || raw.u32(8) != count) {
                    throw new Corrupt("bad-value", at, "is not this part of a link's target");
                }
            }
            System.arraycopy(raw.bytes(header, count), 0, target, done, count);
            done += count;
        }
        if (done < size) {
            throw new Corrupt("bad-value", link.origin(), "the link's target has a hole");
        }
        return target;
    }

    /** Where the content starts on disk, or the node that leads there, in bytes; 0 when it has no blocks. */
    long position(Inode file) throws ImageProblem {
        Fork fork = file.data();
        if (fork.format() == Fork.Format.EXTENTS && fork.extents() > 0) {
            long block =
                    (fork.area().i64(0) & MASK_STARTBLOCK) << 43 | fork.area().i64(8) >>> 21;
            return superblock.offset(block, 1, file.origin());
        }
        if (fork.format() == Fork.Format.BTREE) {
            int room = (fork.area().sizeBytes() - 4) / 16;
            return superblock.offset(fork.area().i64(4 + room * 8L), 1, file.origin());
        }
        return 0;
    }
}

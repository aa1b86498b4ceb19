package dev.stemma.ingest.filesystem.ext;

import dev.stemma.ingest.bytes.ByteSource;
import dev.stemma.ingest.filesystem.ContentStream;
import dev.stemma.ingest.filesystem.FileSystemReader.ContentSink;
import dev.stemma.ingest.filesystem.Places;
import dev.stemma.ingest.problem.Budget;
import dev.stemma.ingest.problem.Corrupt;
import dev.stemma.ingest.problem.ImageProblem;
import dev.stemma.ingest.problem.Unsupported;
import java.lang.foreign.MemorySegment;
import java.util.Optional;

/** The bytes of files. Safe for several threads. */
final class Content {

    private final Superblock superblock;
    private final Pages pages;
    private final ByteSource source;
    private final ContentStream.Buffers streams;

    Content(Superblock superblock, ByteSource source, Pages pages, Budget budget) {
        this.superblock = superblock;
        this.pages = pages;
        this.source = source;
        this.streams = new ContentStream.Buffers(source, budget);
    }

    /** Hands the whole content on, in order. */
    void stream(Inode file, ContentSink sink) throws ImageProblem {
        requireClear(file);
        if (file.has(Inode.FLAG_INLINE_DATA)) {
            inline(file, InlineData.of(file), sink);
            return;
        }
        stream(file, 0, file.sizeBytes(), sink);
    }

    /** Whether a stretch can be handed on without what is before it. */
    boolean hasBlocks(Inode file) {
        return !file.has(Inode.FLAG_INLINE_DATA);
    }

    /** Hands a stretch of a content that lies in blocks on, in order; it may end behind the file. */
    void stretch(Inode file, long offsetBytes, long lengthBytes, ContentSink sink) throws ImageProblem {
        requireClear(file);
        long start = Math.min(offsetBytes, file.sizeBytes());
        long length = Math.min(lengthBytes, file.sizeBytes() - start);
        if (length > 0) {
            stream(file, start, start + length, sink);
        }
    }

    private void stream(Inode file, long startBytes, long endBytes, ContentSink sink) throws ImageProblem {
        int blockBytes = superblock.blockBytes();
        try (ContentStream stream = streams.open(file.origin(), startBytes, endBytes, sink)) {
            Mapping.of(file, pages)
                    .walk(
                            blocks(endBytes),
                            (logical, physical, count) ->
                                    stream.run(logical * blockBytes, physical * blockBytes, count * blockBytes));
            stream.finish();
        }
    }

    /** Where a content that lies in blocks has its places. */
    Optional<Places> places(Inode file) throws ImageProblem {
        if (file.has(Inode.FLAG_INLINE_DATA) || file.has(Inode.FLAG_ENCRYPTED)) {
            return Optional.empty();
        }
        int blockBytes = superblock.blockBytes();
        Places.Builder places = new Places.Builder(source, file.sizeBytes());
        Mapping.of(file, pages)
                .walk(
                        blocks(file.sizeBytes()),
                        (logical, physical, count) ->
                                places.run(logical * blockBytes, physical * blockBytes, count * blockBytes));
        return places.build();
    }

    private static void inline(Inode file, InlineData stored, ContentSink sink) throws ImageProblem {
        long storedBytes = Math.min(stored.sizeBytes(), file.sizeBytes());
        if (storedBytes > 0) {
            sink.data(MemorySegment.ofArray(stored.bytes(storedBytes)).asReadOnly());
        }
        if (file.sizeBytes() > storedBytes) {
            sink.hole(file.sizeBytes() - storedBytes);
        }
    }

    /**
     * A short content in one piece: a link's target, an attribute's value.
     *
     * @throws Corrupt when it is longer than {@code maxBytes}
     */
    byte[] small(Inode inode, int maxBytes) throws ImageProblem {
        requireClear(inode);
        if (inode.sizeBytes() > maxBytes) {
            throw new Corrupt(
                    "bad-value", inode.origin(), "has " + inode.sizeBytes() + " bytes; " + maxBytes + " is most");
        }
        if (inode.has(Inode.FLAG_INLINE_DATA)) {
            return InlineData.of(inode).bytes(inode.sizeBytes());
        }
        byte[] content = new byte[(int) inode.sizeBytes()];
        int blockBytes = superblock.blockBytes();
        Mapping.of(inode, pages).walk(blocks(content.length), (logical, physical, count) -> {
            for (long i = 0; i < count; i++) {
                Structure block = pages.at((physical + i) * blockBytes, blockBytes, inode.origin());
                int at = (int) ((logical + i) * blockBytes);
                System.arraycopy(block.bytes(), block.start(), content, at, Math.min(blockBytes, content.length - at));
            }
        });
        return content;
    }

    /** First block of the content on disk, or of the node that leads there; 0 when it lies in the inode. */
    long firstBlock(Inode inode) throws Corrupt {
        if (inode.has(Inode.FLAG_INLINE_DATA)) {
            return 0;
        }
        Structure map = inode.map();
        if (!inode.has(Inode.FLAG_EXTENTS)) {
            return map.u32(0);
        }
        boolean leaf = map.u16(6) == 0;
        if (map.u16(2) == 0) {
            return 0;
        }
        return leaf ? map.u32(20) | (long) map.u16(18) << 32 : map.u32(16) | (long) map.u16(20) << 32;
    }

    private long blocks(long sizeBytes) {
        return Math.ceilDiv(sizeBytes, (long) superblock.blockBytes());
    }

    private static void requireClear(Inode inode) throws Unsupported {
        if (inode.has(Inode.FLAG_ENCRYPTED)) {
            throw new Unsupported("encrypted", inode.origin(), "is encrypted, and Stemma has no key");
        }
    }
}

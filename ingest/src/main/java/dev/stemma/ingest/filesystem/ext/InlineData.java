package dev.stemma.ingest.filesystem.ext;

import dev.stemma.ingest.problem.Corrupt;
import dev.stemma.ingest.problem.Origin;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Content that lies in the inode itself: the first 60 bytes in place of the block map, the rest as the value of the
 * attribute {@code system.data} ("Inline Data", kernel documentation).
 *
 * @param head the 60 bytes
 * @param tail the attribute's value; empty when there is none
 */
record InlineData(Structure head, Structure tail) {

    private static final byte[] DATA = "data".getBytes(StandardCharsets.US_ASCII);

    static InlineData of(Inode inode) throws Corrupt {
        Origin at = inode.origin().within("inline data");
        Structure head = inode.map().named(at);
        for (XattrEntry entry : XattrEntry.inBody(inode)) {
            if (isData(entry) && entry.valueInode() == 0) {
                return new InlineData(head, entry.storedValue().named(at));
            }
        }
        return new InlineData(head, head.part(0, 0));
    }

    /** Whether an attribute is the tail of inline data, and so no attribute that a guest sees. */
    static boolean isData(XattrEntry entry) {
        return entry.namespace() == XattrEntry.NAMESPACE_SYSTEM && Arrays.equals(entry.name(), DATA);
    }

    /** How many bytes are there; a file may be longer, and ends in a hole then. */
    int sizeBytes() {
        return head.length() + tail.length();
    }

    /** The first so many bytes of content. */
    byte[] bytes(long sizeBytes) throws Corrupt {
        int size = Math.toIntExact(sizeBytes);
        int inHead = Math.min(size, head.length());
        byte[] content = Arrays.copyOf(head.copy(0, inHead), size);
        if (size > inHead) {
            System.arraycopy(tail.copy(0, size - inHead), 0, content, inHead, size - inHead);
        }
        return content;
    }
}

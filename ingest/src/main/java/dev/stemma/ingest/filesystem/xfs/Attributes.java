package dev.stemma.ingest.filesystem.xfs;

import dev.stemma.graph.model.GuestName;
import dev.stemma.ingest.bytes.Fields;
import dev.stemma.ingest.problem.ImageProblem;
import java.util.Collections;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** The extended attributes of an inode, wherever they are. Safe for several threads. */
record Attributes(Blocks blocks) {

    private static final int SHORT_HEADER_BYTES = 4;
    private static final int SHORT_ENTRY_BYTES = 3;

    /** All of them as a program in the guest sees them, sorted by name. */
    SortedMap<GuestName, GuestName> of(Inode inode) throws ImageProblem {
        Optional<Fork> fork = inode.attributes();
        if (fork.isEmpty()) {
            return Collections.emptySortedMap();
        }
        SortedMap<GuestName, GuestName> seen = new TreeMap<>();
        if (fork.get().format() == Fork.Format.LOCAL) {
            shortForm(fork.get().area(), seen);
        } else if (fork.get().format() == Fork.Format.BTREE || fork.get().extents() != 0) {
            new AttributeBlocks(inode, fork.get(), blocks).addTo(seen);
        }
        return seen;
    }

    /** In the inode itself: total size, count, then length of name and value, flags, name, value. */
    private static void shortForm(Fields raw, SortedMap<GuestName, GuestName> seen) throws ImageProblem {
        int count = raw.u8(2);
        int at = SHORT_HEADER_BYTES;
        for (int i = 0; i < count; i++) {
            int nameBytes = raw.u8(at);
            int valueBytes = raw.u8(at + 1);
            byte[] value = raw.bytes(at + SHORT_ENTRY_BYTES + nameBytes, valueBytes);
            new Attribute(raw.u8(at + 2), raw.bytes(at + SHORT_ENTRY_BYTES, nameBytes), () -> value, raw.origin())
                    .addTo(seen);
            at += SHORT_ENTRY_BYTES + nameBytes + valueBytes;
        }
    }
}

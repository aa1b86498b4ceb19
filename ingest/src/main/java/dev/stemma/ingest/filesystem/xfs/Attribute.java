package dev.stemma.ingest.filesystem.xfs;

import dev.stemma.graph.model.GuestName;
import dev.stemma.ingest.bytes.Fields;
import dev.stemma.ingest.problem.Corrupt;
import dev.stemma.ingest.problem.ImageProblem;
import dev.stemma.ingest.problem.Origin;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.SortedMap;

/**
 * An extended attribute as stored, and the names by which a program in the guest sees it ({@code fs/xfs/xfs_xattr.c}).
 *
 * @param flags of its namespace and state
 * @param name without a prefix
 */
record Attribute(int flags, byte[] name, Value value, Origin origin) {

    static final int LOCAL = 0x1;

    private static final int ROOT = 0x2;
    private static final int SECURE = 0x4;
    private static final int INCOMPLETE = 0x80;
    private static final int KNOWN = LOCAL | ROOT | SECURE | INCOMPLETE;
    private static final int ACL_USER = 0x2;
    private static final int ACL_GROUP = 0x8;
    private static final int ACL_ENTRY_BYTES = 12;
    private static final int ACL_SEEN = 2;

    /** Reads the value, once it is wanted. */
    @FunctionalInterface
    interface Value {
        byte[] read() throws ImageProblem;
    }

    /**
     * Adds it under its name. One that was never finished is not seen; an ACL is seen in the form of {@code getxattr(2)} and, as
     * by root in Linux, as stored.
     */
    void addTo(SortedMap<GuestName, GuestName> seen) throws ImageProblem {
        if ((flags & INCOMPLETE) != 0) {
            return;
        }
        if ((flags & ~KNOWN) != 0 || (flags & ROOT) != 0 && (flags & SECURE) != 0) {
            throw new Corrupt("bad-value", origin, "an attribute has flags 0x" + Integer.toHexString(flags));
        }
        byte[] bytes = value.read();
        String plain = new String(name, StandardCharsets.ISO_8859_1);
        if ((flags & ROOT) != 0 && plain.equals("SGI_ACL_FILE")) {
            put(seen, "system.posix_acl_access", new byte[0], acl(bytes));
        } else if ((flags & ROOT) != 0 && plain.equals("SGI_ACL_DEFAULT")) {
            put(seen, "system.posix_acl_default", new byte[0], acl(bytes));
        }
        put(seen, (flags & ROOT) != 0 ? "trusted." : (flags & SECURE) != 0 ? "security." : "user.", name, bytes);
    }

    private void put(SortedMap<GuestName, GuestName> seen, String prefix, byte[] rest, byte[] bytes) throws Corrupt {
        ByteArrayOutputStream whole = new ByteArrayOutputStream();
        whole.writeBytes(prefix.getBytes(StandardCharsets.US_ASCII));
        whole.writeBytes(rest);
        if (seen.put(GuestName.of(whole.toByteArray()), GuestName.of(bytes)) != null) {
            throw new Corrupt("bad-value", origin, "has an attribute twice");
        }
    }

    /** On disk a count and entries of tag, id and permissions; see {@code xfs_acl_from_disk()} in {@code fs/xfs/xfs_acl.c}. */
    private byte[] acl(byte[] stored) throws Corrupt {
        Fields disk = Fields.of(stored, origin.within("access control list"), java.nio.ByteOrder.BIG_ENDIAN);
        long count = disk.u32(0);
        if (count > (stored.length - 4) / ACL_ENTRY_BYTES) {
            throw new Corrupt("bad-value", disk.origin(), "counts " + count + " entries");
        }
        ByteArrayOutputStream seen = new ByteArrayOutputStream();
        little(seen, ACL_SEEN, 4);
        for (int i = 0; i < count; i++) {
            int at = 4 + i * ACL_ENTRY_BYTES;
            int tag = (int) disk.u32(at);
            little(seen, tag, 2);
            little(seen, disk.u16(at + 8), 2);
            little(seen, tag == ACL_USER || tag == ACL_GROUP ? (int) disk.u32(at + 4) : -1, 4);
        }
        return seen.toByteArray();
    }

    private static void little(ByteArrayOutputStream out, int value, int bytes) {
        for (int i = 0; i < bytes; i++) {
            out.write(value >>> 8 * i);
        }
    }
}

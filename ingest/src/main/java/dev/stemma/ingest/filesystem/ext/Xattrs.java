package dev.stemma.ingest.filesystem.ext;

import dev.stemma.graph.model.GuestName;
import dev.stemma.ingest.problem.Corrupt;
import dev.stemma.ingest.problem.ImageProblem;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Extended attributes as a program in the guest sees them: names with their prefix, POSIX ACLs in the form of
 * {@code getxattr(2)}, without those that the file system keeps for itself (inline data, encryption contexts).
 */
record Xattrs(InodeTable inodes, Content content, Pages pages) {

    private static final int NAMESPACE_ACL_ACCESS = 2;
    private static final int NAMESPACE_ACL_DEFAULT = 3;
    private static final int ACL_ON_DISK = 1;
    private static final int ACL_SEEN = 2;
    private static final int ACL_USER = 0x2;
    private static final int ACL_GROUP = 0x8;
    private static final int MAX_VALUE_BYTES = 64 << 10;

    /** All of an inode's attributes, sorted by name. */
    SortedMap<GuestName, GuestName> of(Inode inode) throws ImageProblem {
        var body = XattrEntry.inBody(inode);
        var block = XattrEntry.inBlock(inode, pages);
        if (body.isEmpty() && block.isEmpty()) {
            return Collections.emptySortedMap();
        }
        SortedMap<GuestName, GuestName> seen = new TreeMap<>();
        for (XattrEntry entry : body) {
            add(entry, inode, seen);
        }
        for (XattrEntry entry : block) {
            add(entry, inode, seen);
        }
        return seen;
    }

    private void add(XattrEntry entry, Inode inode, SortedMap<GuestName, GuestName> seen) throws ImageProblem {
        String prefix = prefix(entry.namespace());
        if (prefix == null || InlineData.isData(entry)) {
            return;
        }
        byte[] value = value(entry, inode);
        if (entry.namespace() == NAMESPACE_ACL_ACCESS || entry.namespace() == NAMESPACE_ACL_DEFAULT) {
            value = acl(Structure.of(value, entry.area().origin()));
        }
        ByteArrayOutputStream name = new ByteArrayOutputStream();
        name.writeBytes(prefix.getBytes(StandardCharsets.US_ASCII));
        name.writeBytes(entry.name());
        if (seen.put(GuestName.of(name.toByteArray()), GuestName.of(value)) != null) {
            throw new Corrupt("bad-value", entry.area().origin(), "has an attribute twice");
        }
    }

    private byte[] value(XattrEntry entry, Inode inode) throws ImageProblem {
        if (entry.valueInode() == 0) {
            return entry.storedValue().copy(0, entry.valueBytes());
        }
        Inode holder = inodes.inode(entry.valueInode());
        if (!inode.superblock().has(Feature.INCOMPAT_EA_INODE)
                || !holder.has(Inode.FLAG_EA_INODE)
                || holder.sizeBytes() != entry.valueBytes()) {
            throw new Corrupt(
                    "bad-value", entry.area().origin(), holder.origin().name() + " does not hold a value");
        }
        return content.small(holder, MAX_VALUE_BYTES);
    }

    /** Null for a number that Linux shows to nobody. */
    private static @Nullable String prefix(int namespace) {
        return switch (namespace) {
            case 1 -> "user.";
            case NAMESPACE_ACL_ACCESS -> "system.posix_acl_access";
            case NAMESPACE_ACL_DEFAULT -> "system.posix_acl_default";
            case 4 -> "trusted.";
            case 6 -> "security.";
            case XattrEntry.NAMESPACE_SYSTEM -> "system.";
            case 8 -> "system.richacl";
            case 10 -> "gnu.";
            default -> null;
        };
    }

    /** On disk, entries without a user or group leave out the number; see {@code ext4_acl_to_disk()} in {@code fs/ext4/acl.c}. */
    private static byte[] acl(Structure disk) throws Corrupt {
        if (disk.s32(0) != ACL_ON_DISK) {
            throw new Corrupt("bad-value", disk.origin(), "is an access control list of version " + disk.u32(0));
        }
        ByteArrayOutputStream seen = new ByteArrayOutputStream();
        u32(seen, ACL_SEEN);
        for (int at = 4; at < disk.length(); ) {
            int tag = disk.u16(at);
            boolean named = tag == ACL_USER || tag == ACL_GROUP;
            u32(seen, tag | disk.u16(at + 2) << 16);
            u32(seen, named ? disk.s32(at + 4) : -1);
            at += named ? 8 : 4;
        }
        return seen.toByteArray();
    }

    private static void u32(ByteArrayOutputStream out, int value) {
        for (int shift = 0; shift < 32; shift += 8) {
            out.write(value >>> shift);
        }
    }
}

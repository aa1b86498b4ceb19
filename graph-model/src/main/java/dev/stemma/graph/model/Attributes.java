package dev.stemma.graph.model;

import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What a file system records about an entry beside its name and content.
 *
 * @param mode permission bits with set-id and sticky bits, 0 to 07777; the kind stands in {@link Payload}
 * @param uid numeric owner in the guest
 * @param gid numeric group in the guest
 * @param times when it was touched
 * @param inode number in its file system; two entries with the same one are hard links
 * @param links how many names the inode has
 * @param xattrs extended attributes by name ({@code security.selinux}), with their bytes; ACLs are among them
 */
public record Attributes(
        int mode, long uid, long gid, Times times, long inode, long links, SortedMap<GuestName, GuestName> xattrs) {

    public Attributes {
        xattrs = xattrs.isEmpty()
                ? Collections.emptySortedMap()
                : Collections.unmodifiableSortedMap(new TreeMap<>(xattrs));
    }

    /** Without extended attributes, which is the common case. */
    public static Attributes of(int mode, long uid, long gid, Times times, long inode, long links) {
        return new Attributes(mode, uid, gid, times, inode, links, Collections.emptySortedMap());
    }

    /** The same with other extended attributes. */
    public Attributes withXattrs(Map<GuestName, GuestName> other) {
        return new Attributes(mode, uid, gid, times, inode, links, new TreeMap<>(other));
    }
}

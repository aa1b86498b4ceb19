package dev.stemma.graph.tree;

import dev.stemma.graph.id.CanonicalForm;
import dev.stemma.graph.id.Digest;
import dev.stemma.graph.model.Attributes;
import dev.stemma.graph.model.Entry;
import dev.stemma.graph.model.GuestName;
import dev.stemma.graph.model.Payload;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A name in a directory with all that the Merkle graph keeps of it. Times and inode numbers stay in the manifest, or
 * nothing would be shared between images.
 *
 * @param name not empty but for the root of a file system
 * @param mode permission bits with set-id and sticky bits, 0 to 07777
 * @param xattrs extended attributes by name
 */
public record TreeEntry(
        GuestName name, int mode, long uid, long gid, SortedMap<GuestName, GuestName> xattrs, Child child) {

    public TreeEntry {
        xattrs = xattrs.isEmpty()
                ? Collections.emptySortedMap()
                : Collections.unmodifiableSortedMap(new TreeMap<>(xattrs));
    }

    /** A name with its attributes, leading to a child that is known already. */
    public static TreeEntry of(GuestName name, Attributes attributes, Child child) {
        return new TreeEntry(name, attributes.mode(), attributes.uid(), attributes.gid(), attributes.xattrs(), child);
    }

    /**
     * An entry that is not a directory. A file without a digest becomes {@link Child.UnreadFile}: its id is the digest of
     * its path, size, inode and modification time, so that it equals itself in a copy of the image and nothing else.
     *
     * @throws IllegalArgumentException for a directory, whose digest depends on what it holds
     */
    public static TreeEntry of(Entry entry) {
        Child child =
                switch (entry.payload()) {
                    case Payload.File file ->
                        file.digest()
                                .<Child>map(digest -> new Child.File(digest, file.sizeBytes()))
                                .orElseGet(() -> new Child.UnreadFile(unreadId(entry, file), file.sizeBytes()));
                    case Payload.Link link -> new Child.Link(link.target());
                    case Payload.Device device -> new Child.Device(device.block(), device.major(), device.minor());
                    case Payload.Pipe _ -> new Child.Pipe();
                    case Payload.Socket _ -> new Child.Socket();
                    case Payload.Directory _ ->
                        throw new IllegalArgumentException("a directory needs the digest of what it holds: "
                                + entry.path().escaped());
                };
        return of(entry.path().name(), entry.attributes(), child);
    }

    private static Digest unreadId(Entry entry, Payload.File file) {
        CanonicalForm form = new CanonicalForm("stemma-unread/1");
        for (GuestName name : entry.path().names()) {
            form.bytes(name.bytes());
        }
        return form.number(file.sizeBytes())
                .number(entry.attributes().inode())
                .number(entry.attributes().times().modified().getEpochSecond())
                .number(entry.attributes().times().modified().getNano())
                .finish();
    }
}

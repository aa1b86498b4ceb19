package dev.stemma.graph.tree;

import dev.stemma.graph.id.Digest;
import dev.stemma.graph.model.GuestName;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.List;
import java.util.Map;

/** The one byte form of a node, digested as it is written; {@code docs/formats/merkle.adoc} shows it. Used once. */
final class CanonicalForm {

    private final MessageDigest sha256 = Digest.newSha256();
    private final byte[] number = new byte[Long.BYTES];

    /** Starts with the name of what follows, so that no two kinds of node can have one digest. */
    CanonicalForm(String domain) {
        sha256.update(domain.getBytes(StandardCharsets.US_ASCII));
        sha256.update((byte) 0);
    }

    static Digest ofEntries(String domain, List<TreeEntry> entries) {
        CanonicalForm form = new CanonicalForm(domain).letter('E').number(entries.size());
        for (TreeEntry entry : entries) {
            form.entry(entry);
        }
        return form.digest();
    }

    static Digest ofChunks(String domain, List<Digest> chunks) {
        CanonicalForm form = new CanonicalForm(domain).letter('C').number(chunks.size());
        for (Digest chunk : chunks) {
            form.sha256.update(chunk.bytes());
        }
        return form.digest();
    }

    private void entry(TreeEntry entry) {
        name(entry.name())
                .letter(entry.child().letter())
                .number(entry.mode())
                .number(entry.uid())
                .number(entry.gid())
                .number(entry.xattrs().size());
        for (Map.Entry<GuestName, GuestName> xattr : entry.xattrs().entrySet()) {
            name(xattr.getKey()).name(xattr.getValue());
        }
        sha256.update(entry.child().digest().bytes());
    }

    CanonicalForm letter(char letter) {
        sha256.update((byte) letter);
        return this;
    }

    /** Eight bytes, big-endian. */
    CanonicalForm number(long value) {
        for (int i = 0; i < Long.BYTES; i++) {
            number[i] = (byte) (value >>> (56 - 8 * i));
        }
        sha256.update(number);
        return this;
    }

    /** Length, then the bytes. */
    CanonicalForm name(GuestName name) {
        number(name.length());
        sha256.update(name.bytes());
        return this;
    }

    Digest digest() {
        return Digest.of(sha256.digest());
    }
}

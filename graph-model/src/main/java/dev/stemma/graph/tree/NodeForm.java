package dev.stemma.graph.tree;

import dev.stemma.graph.id.CanonicalForm;
import dev.stemma.graph.id.Digest;
import dev.stemma.graph.model.GuestName;
import java.util.List;
import java.util.Map;

/** The canonical form of directories and chunks, as {@code docs/formats/merkle.adoc} has it. */
final class NodeForm {

    private NodeForm() {}

    static Digest ofEntries(String domain, List<TreeEntry> entries) {
        CanonicalForm form = new CanonicalForm(domain).letter('E').number(entries.size());
        for (TreeEntry entry : entries) {
            add(form, entry);
        }
        return form.finish();
    }

    static Digest ofChunks(String domain, List<Digest> chunks) {
        CanonicalForm form = new CanonicalForm(domain).letter('C').number(chunks.size());
        chunks.forEach(form::digest);
        return form.finish();
    }

    private static void add(CanonicalForm form, TreeEntry entry) {
        form.bytes(entry.name().bytes())
                .letter(entry.child().letter())
                .number(entry.mode())
                .number(entry.uid())
                .number(entry.gid())
                .number(entry.xattrs().size());
        for (Map.Entry<GuestName, GuestName> xattr : entry.xattrs().entrySet()) {
            form.bytes(xattr.getKey().bytes()).bytes(xattr.getValue().bytes());
        }
        form.digest(entry.child().digest());
    }
}

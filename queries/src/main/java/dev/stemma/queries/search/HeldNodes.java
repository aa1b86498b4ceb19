package dev.stemma.queries.search;

import dev.stemma.graph.id.Digest;
import dev.stemma.graph.tree.TreeNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.lucene.index.BinaryDocValues;
import org.apache.lucene.index.DocValues;
import org.apache.lucene.index.IndexReader;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.PostingsEnum;
import org.apache.lucene.index.Terms;
import org.apache.lucene.index.TermsEnum;
import org.apache.lucene.search.DocIdSetIterator;
import org.apache.lucene.util.Bits;
import org.apache.lucene.util.BytesRef;

/** Directories and chunks of the Merkle graph, whole, out of the index. Of one state of it; not thread-safe. */
final class HeldNodes {

    private final IndexReader reader;

    HeldNodes(IndexReader reader) {
        this.reader = reader;
    }

    /** Those that are there, by id. */
    Map<Digest, TreeNode> find(List<Digest> ids) throws IOException {
        List<Digest> sorted = new ArrayList<>(ids);
        sorted.sort(null);
        Map<Digest, TreeNode> found = new HashMap<>();
        for (LeafReaderContext leaf : reader.leaves()) {
            Terms terms = leaf.reader().terms(IndexFields.NODE);
            if (terms != null) {
                read(leaf, documents(leaf, terms.iterator(), sorted), found);
            }
        }
        return found;
    }

    private static int[] documents(LeafReaderContext leaf, TermsEnum terms, List<Digest> ids) throws IOException {
        Bits live = leaf.reader().getLiveDocs();
        int[] documents = new int[ids.size()];
        int count = 0;
        PostingsEnum postings = null;
        for (Digest id : ids) {
            if (terms.seekExact(ImageFeeder.digestBytes(id))) {
                postings = terms.postings(postings, PostingsEnum.NONE);
                int document = postings.nextDoc();
                if (document != DocIdSetIterator.NO_MORE_DOCS && (live == null || live.get(document))) {
                    documents[count++] = document;
                }
            }
        }
        int[] some = Arrays.copyOf(documents, count);
        Arrays.sort(some);
        return some;
    }

    private static void read(LeafReaderContext leaf, int[] documents, Map<Digest, TreeNode> found) throws IOException {
        BinaryDocValues ids = DocValues.getBinary(leaf.reader(), IndexFields.NODE_ID);
        BinaryDocValues held = DocValues.getBinary(leaf.reader(), IndexFields.HELD);
        for (int document : documents) {
            if (ids.advanceExact(document) && held.advanceExact(document)) {
                // The term has half of the id, so another node may have been found; that one is not asked for.
                Digest id = Digest.of(bytes(ids.binaryValue()));
                found.put(id, NodeBytes.parse(id, bytes(held.binaryValue())));
            }
        }
    }

    private static byte[] bytes(BytesRef value) {
        return Arrays.copyOfRange(value.bytes, value.offset, value.offset + value.length);
    }
}

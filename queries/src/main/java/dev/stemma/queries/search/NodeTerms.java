package dev.stemma.queries.search;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.apache.lucene.index.BinaryDocValues;
import org.apache.lucene.index.DocValues;
import org.apache.lucene.index.IndexReader;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.PostingsEnum;
import org.apache.lucene.index.ReaderUtil;
import org.apache.lucene.index.Term;
import org.apache.lucene.index.Terms;
import org.apache.lucene.index.TermsEnum;
import org.apache.lucene.search.DocIdSetIterator;
import org.apache.lucene.util.Bits;
import org.apache.lucene.util.BytesRef;
import org.apache.lucene.util.FixedBitSet;
import org.apache.lucene.util.StringHelper;
import org.jspecify.annotations.Nullable;

/**
 * The Merkle graph as the index holds it: sets of directories and chunks as sets of documents, and the terms that lead from them to what
 * holds them. Of one state of the index; not thread-safe.
 */
final class NodeTerms {

    /** After so many terms that are of no use one looks for the next that is. */
    private static final int MAX_STEPS = 8;

    private final IndexReader reader;

    NodeTerms(IndexReader reader) {
        this.reader = reader;
    }

    /** A document and the bytes of its id that other documents know it by. */
    record Node(BytesRef id, int doc) implements Comparable<Node> {
        @Override
        public int compareTo(Node other) {
            return id.compareTo(other.id);
        }
    }

    /** What happens with a document that was found. */
    @FunctionalInterface
    interface Found {
        void found(Node node, int doc);
    }

    /** What happens with a document that was found by a part of a term. */
    @FunctionalInterface
    interface FoundBy {
        /** @return whether to go on */
        boolean found(BytesRef rest, int doc);
    }

    FixedBitSet none() {
        return new FixedBitSet(Math.max(1, reader.maxDoc()));
    }

    /** Adds the documents that have a term. */
    void add(String field, BytesRef term, FixedBitSet into) throws IOException {
        for (LeafReaderContext leaf : reader.leaves()) {
            PostingsEnum postings = leaf.reader().postings(new Term(field, term), PostingsEnum.NONE);
            if (postings != null) {
                each(leaf, postings, into::set);
            }
        }
    }

    /** Adds the documents that have any term of a field. */
    void add(String field, FixedBitSet into) throws IOException {
        below(field, new BytesRef(), (_, doc) -> {
            into.set(doc);
            return true;
        });
    }

    @FunctionalInterface
    private interface Each {
        void document(int doc) throws IOException;
    }

    private static void each(LeafReaderContext leaf, PostingsEnum postings, Each each) throws IOException {
        Bits live = leaf.reader().getLiveDocs();
        for (int doc = postings.nextDoc(); doc != DocIdSetIterator.NO_MORE_DOCS; doc = postings.nextDoc()) {
            if (live == null || live.get(doc)) {
                each.document(leaf.docBase + doc);
            }
        }
    }

    /** The nodes of some documents by id. */
    List<Node> nodes(FixedBitSet docs) throws IOException {
        List<Node> nodes = new ArrayList<>();
        for (LeafReaderContext leaf : reader.leaves()) {
            int end = leaf.docBase + leaf.reader().maxDoc();
            BinaryDocValues ids = DocValues.getBinary(leaf.reader(), IndexFields.NODE_ID);
            for (int doc = next(docs, leaf.docBase, end); doc < end; doc = next(docs, doc + 1, end)) {
                if (ids.advanceExact(doc - leaf.docBase)) {
                    BytesRef id = ids.binaryValue();
                    nodes.add(new Node(
                            new BytesRef(Arrays.copyOfRange(id.bytes, id.offset, id.offset + ImageFeeder.DIGEST_BYTES)),
                            doc));
                }
            }
        }
        nodes.sort(null);
        return nodes;
    }

    private static int next(FixedBitSet docs, int from, int end) {
        return from < end ? docs.nextSetBit(from, end) : end;
    }

    /** The whole id of one node. */
    byte[] id(int doc) throws IOException {
        LeafReaderContext leaf = reader.leaves().get(ReaderUtil.subIndex(doc, reader.leaves()));
        BinaryDocValues ids = DocValues.getBinary(leaf.reader(), IndexFields.NODE_ID);
        if (!ids.advanceExact(doc - leaf.docBase)) {
            throw new IllegalStateException("not a directory's document");
        }
        return BytesRef.deepCopyOf(ids.binaryValue()).bytes;
    }

    /** The document of a directory; -1 where the index does not have it. */
    int find(String id) throws IOException {
        int[] found = {-1};
        Term term = new Term(IndexFields.NODE, ImageFeeder.digestBytes(id));
        for (LeafReaderContext leaf : reader.leaves()) {
            PostingsEnum postings = leaf.reader().postings(term, PostingsEnum.NONE);
            if (postings != null) {
                each(leaf, postings, doc -> found[0] = doc);
            }
        }
        return found[0];
    }

    /**
     * The documents that have a term of a prefix and then just the id of a node. Goes through both in their order, whichever has
     * more.
     *
     * @param nodes by id
     */
    void join(String field, BytesRef prefix, List<Node> nodes, Found each) throws IOException {
        for (LeafReaderContext leaf : reader.leaves()) {
            Terms terms = leaf.reader().terms(field);
            if (terms != null && !nodes.isEmpty()) {
                join(leaf, terms.iterator(), prefix, nodes, each);
            }
        }
    }

    private static void join(LeafReaderContext leaf, TermsEnum terms, BytesRef prefix, List<Node> nodes, Found each)
            throws IOException {
        int at = 0;
        int steps = 0;
        PostingsEnum postings = null;
        BytesRef term = seek(terms, NodeDocument.join(prefix, nodes.getFirst().id()));
        while (term != null && at < nodes.size() && StringHelper.startsWith(term, prefix)) {
            BytesRef rest = new BytesRef(term.bytes, term.offset + prefix.length, term.length - prefix.length);
            int order = rest.compareTo(nodes.get(at).id());
            if (order == 0) {
                Node node = nodes.get(at);
                postings = terms.postings(postings, PostingsEnum.NONE);
                each(leaf, postings, doc -> each.found(node, doc));
                at++;
                steps = 0;
                term = terms.next();
            } else if (order > 0) {
                at = from(nodes, at, rest);
            } else if (steps++ < MAX_STEPS) {
                term = terms.next();
            } else {
                steps = 0;
                term = seek(terms, NodeDocument.join(prefix, nodes.get(at).id()));
            }
        }
    }

    private static @Nullable BytesRef seek(TermsEnum terms, BytesRef least) throws IOException {
        return terms.seekCeil(least) == TermsEnum.SeekStatus.END ? null : terms.term();
    }

    /** The first node from an index on that is not before an id: in steps that grow, then by halves. */
    private static int from(List<Node> nodes, int index, BytesRef id) {
        int step = 1;
        int low = index;
        while (low + step < nodes.size() && nodes.get(low + step).id().compareTo(id) < 0) {
            low += step;
            step *= 2;
        }
        int high = Math.min(nodes.size(), low + step);
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (nodes.get(middle).id().compareTo(id) < 0) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    /** The documents that have a term of a prefix, with the rest of the term, as long as they are wanted. */
    void below(String field, BytesRef prefix, FoundBy each) throws IOException {
        for (LeafReaderContext leaf : reader.leaves()) {
            Terms terms = leaf.reader().terms(field);
            if (terms != null && !below(leaf, terms.iterator(), prefix, each)) {
                return;
            }
        }
    }

    /** The same for what is called anything in some nodes' holders. */
    void below(String field, List<Node> nodes, FoundAbove each) throws IOException {
        for (LeafReaderContext leaf : reader.leaves()) {
            Terms terms = leaf.reader().terms(field);
            if (terms != null) {
                TermsEnum all = terms.iterator();
                for (Node node : nodes) {
                    if (!below(leaf, all, node.id(), (rest, doc) -> each.found(node, rest, doc))) {
                        return;
                    }
                }
            }
        }
    }

    /** What happens with a document that holds a node. */
    @FunctionalInterface
    interface FoundAbove {
        /** @return whether to go on */
        boolean found(Node node, BytesRef name, int doc);
    }

    private static boolean below(LeafReaderContext leaf, TermsEnum terms, BytesRef prefix, FoundBy each)
            throws IOException {
        Bits live = leaf.reader().getLiveDocs();
        PostingsEnum postings = null;
        BytesRef term = seek(terms, prefix);
        while (term != null && StringHelper.startsWith(term, prefix)) {
            BytesRef rest = new BytesRef(term.bytes, term.offset + prefix.length, term.length - prefix.length);
            postings = Objects.requireNonNull(terms.postings(postings, PostingsEnum.NONE));
            for (int doc = postings.nextDoc(); doc != DocIdSetIterator.NO_MORE_DOCS; doc = postings.nextDoc()) {
                if ((live == null || live.get(doc)) && !each.found(rest, leaf.docBase + doc)) {
                    return false;
                }
            }
            term = terms.next();
        }
        return true;
    }
}

package dev.stemma.queries.search;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.PostingsEnum;
import org.apache.lucene.index.Terms;
import org.apache.lucene.index.TermsEnum;
import org.apache.lucene.search.DocIdSetIterator;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.ScoreMode;
import org.apache.lucene.search.SimpleCollector;
import org.apache.lucene.util.BytesRef;
import org.apache.lucene.util.FixedBitSet;

/** What a query finds, once and for all that is asked of it. */
final class Documents extends SimpleCollector {

    private final FixedBitSet found;
    private int base;

    private Documents(FixedBitSet found) {
        this.found = found;
    }

    /** The documents that a query finds, numbered over the whole index. */
    static FixedBitSet of(IndexSearcher searcher, Query query) throws IOException {
        FixedBitSet found =
                new FixedBitSet(Math.max(1, searcher.getIndexReader().maxDoc()));
        searcher.search(query, new Documents(found));
        return found;
    }

    @Override
    protected void doSetNextReader(LeafReaderContext leaf) {
        base = leaf.docBase;
    }

    @Override
    public void collect(int doc) {
        found.set(base + doc);
    }

    @Override
    public ScoreMode scoreMode() {
        return ScoreMode.COMPLETE_NO_SCORES;
    }

    /**
     * Which of some terms some documents have, in the order of the terms.
     *
     * @param limit terms of one document at most
     */
    static Map<Integer, List<String>> terms(
            IndexSearcher searcher, String field, Collection<String> words, FixedBitSet documents, int limit)
            throws IOException {
        Map<Integer, List<String>> have = new HashMap<>();
        TreeSet<BytesRef> sorted = new TreeSet<>();
        words.forEach(word -> sorted.add(new BytesRef(word)));
        for (LeafReaderContext leaf : searcher.getIndexReader().leaves()) {
            int end = Math.min(documents.length(), leaf.docBase + leaf.reader().maxDoc());
            Terms terms = leaf.reader().terms(field);
            int first = leaf.docBase < end ? documents.nextSetBit(leaf.docBase, end) : end;
            if (terms == null || first >= end) {
                continue;
            }
            TermsEnum each = terms.iterator();
            PostingsEnum postings = null;
            for (BytesRef term : sorted) {
                if (each.seekExact(term)) {
                    postings = each.postings(postings, PostingsEnum.NONE);
                    int doc = first;
                    while (doc < end) {
                        int at = postings.docID() < doc - leaf.docBase
                                ? postings.advance(doc - leaf.docBase)
                                : postings.docID();
                        if (at == DocIdSetIterator.NO_MORE_DOCS) {
                            break;
                        }
                        if (at == doc - leaf.docBase) {
                            List<String> some = have.computeIfAbsent(doc, _ -> new ArrayList<>());
                            if (some.size() < limit) {
                                some.add(term.utf8ToString());
                            }
                            at++;
                        }
                        int next = leaf.docBase + at;
                        doc = next < end ? documents.nextSetBit(next, end) : end;
                    }
                }
            }
        }
        return have;
    }
}

package dev.stemma.queries.search;

import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.search.ConstantScoreScorer;
import org.apache.lucene.search.ConstantScoreWeight;
import org.apache.lucene.search.DocIdSetIterator;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.QueryVisitor;
import org.apache.lucene.search.ScoreMode;
import org.apache.lucene.search.ScorerSupplier;
import org.apache.lucene.search.Weight;
import org.apache.lucene.util.BitSetIterator;
import org.apache.lucene.util.FixedBitSet;
import org.jspecify.annotations.Nullable;

/** Documents that were found already, of the one state of the index that they are of. */
final class DocumentsQuery extends Query {

    private final FixedBitSet documents;

    /** @param documents numbered over the whole index; not changed any more */
    DocumentsQuery(FixedBitSet documents) {
        this.documents = documents;
    }

    @Override
    public Weight createWeight(IndexSearcher searcher, ScoreMode mode, float boost) {
        return new ConstantScoreWeight(this, boost) {
            @Override
            public @Nullable ScorerSupplier scorerSupplier(LeafReaderContext leaf) {
                int count = leaf.reader().maxDoc();
                FixedBitSet some = new FixedBitSet(count);
                FixedBitSet.orRange(
                        documents,
                        leaf.docBase,
                        some,
                        0,
                        Math.max(0, Math.min(count, documents.length() - leaf.docBase)));
                int cost = some.cardinality();
                if (cost == 0) {
                    return null;
                }
                DocIdSetIterator each = new BitSetIterator(some, cost);
                return new DefaultScorerSupplier(new ConstantScoreScorer(score(), mode, each));
            }

            @Override
            public boolean isCacheable(LeafReaderContext leaf) {
                return false;
            }
        };
    }

    @Override
    public void visit(QueryVisitor visitor) {
        visitor.visitLeaf(this);
    }

    @Override
    public String toString(String field) {
        return "documents";
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof DocumentsQuery query && documents == query.documents;
    }

    @Override
    public int hashCode() {
        return System.identityHashCode(documents);
    }
}

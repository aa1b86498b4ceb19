package dev.stemma.queries.search;

import dev.stemma.queries.page.Cursor;
import dev.stemma.queries.page.PageRequest;
import java.io.IOException;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.lucene.search.FieldDoc;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.ScoreDoc;
import org.apache.lucene.search.Sort;
import org.apache.lucene.search.SortField;
import org.apache.lucene.util.BytesRef;

/** Pages through images by name, then id. */
final class ByName {

    private static final Sort ORDER = new Sort(
            new SortField(IndexFields.SORT_NAME, SortField.Type.STRING),
            new SortField(IndexFields.SORT_ID, SortField.Type.STRING));

    private ByName() {}

    /** One image of a page: its document and its id. */
    record Found(int document, String id) {}

    /** A page, and the cursor of the next. */
    record Shown(List<Found> images, Optional<String> next) {
        Shown {
            images = List.copyOf(images);
        }

        List<String> ids() {
            return images.stream().map(Found::id).toList();
        }
    }

    /** A page of what a query finds. */
    static Shown page(IndexSearcher searcher, Query query, PageRequest page) throws IOException {
        return page(searcher, query, page.limit(), page.after());
    }

    /** The first images that a query finds, however many are wanted. */
    static Shown first(IndexSearcher searcher, Query query, int limit) throws IOException {
        return page(searcher, query, limit, Optional.empty());
    }

    private static Shown page(IndexSearcher searcher, Query query, int limit, Optional<Cursor> cursor)
            throws IOException {
        FieldDoc after = cursor.map(place -> position(place, searcher)).orElse(null);
        ScoreDoc[] found = searcher.searchAfter(after, query, limit + 1, ORDER).scoreDocs;
        int shown = Math.min(found.length, limit);
        return new Shown(
                Stream.of(found)
                        .limit(shown)
                        .map(each -> new Found(each.doc, id(each)))
                        .toList(),
                found.length > shown ? Optional.of(cursor((FieldDoc) found[shown - 1])) : Optional.empty());
    }

    /** The key that an image was sorted by ends with its id. */
    private static String id(ScoreDoc found) {
        return ((BytesRef) Objects.requireNonNull(((FieldDoc) found).fields)[1]).utf8ToString();
    }

    /** The place in the order that a page ended at, behind whichever document has that very key. */
    private static FieldDoc position(Cursor cursor, IndexSearcher searcher) {
        List<String> key = cursor.require(2);
        return new FieldDoc(Math.max(0, searcher.getIndexReader().maxDoc() - 1), Float.NaN, new Object[] {
            ImageFeeder.sortKey(key.getFirst()), new BytesRef(key.getLast())
        });
    }

    private static String cursor(FieldDoc last) {
        Object[] key = Objects.requireNonNull(last.fields);
        return Cursor.of(((BytesRef) key[0]).utf8ToString(), ((BytesRef) key[1]).utf8ToString())
                .text();
    }
}

package dev.stemma.queries.search;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.lucene.index.DocValues;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.SortedSetDocValues;
import org.apache.lucene.search.DocIdSetIterator;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.util.FixedBitSet;

/** Counts, for each keyword, how many of the images found have it: over ordinals, a segment at a time. */
final class Facets {

    private Facets() {}

    /** Of each field the {@value ImageAnswer#MAX_FACETS} words that most images have, the most frequent first, then by word. */
    static Map<String, List<ImageAnswer.Facet>> count(IndexSearcher searcher, FixedBitSet found) throws IOException {
        Map<KeywordField, Map<String, Long>> counts = new HashMap<>();
        for (LeafReaderContext leaf : searcher.getIndexReader().leaves()) {
            for (KeywordField field : KeywordField.values()) {
                count(leaf, field, found, counts.computeIfAbsent(field, _ -> new HashMap<>()));
            }
        }
        Map<String, List<ImageAnswer.Facet>> facets = new LinkedHashMap<>();
        for (KeywordField field : KeywordField.values()) {
            facets.put(field.word(), best(counts.getOrDefault(field, Map.of())));
        }
        return facets;
    }

    private static void count(LeafReaderContext leaf, KeywordField field, FixedBitSet found, Map<String, Long> counts)
            throws IOException {
        SortedSetDocValues words = DocValues.getSortedSet(leaf.reader(), field.word());
        long[] byOrdinal = new long[Math.toIntExact(words.getValueCount())];
        for (int doc = words.nextDoc(); doc != DocIdSetIterator.NO_MORE_DOCS; doc = words.nextDoc()) {
            if (found.get(leaf.docBase + doc)) {
                for (int i = words.docValueCount(); i > 0; i--) {
                    byOrdinal[Math.toIntExact(words.nextOrd())]++;
                }
            }
        }
        for (int ordinal = 0; ordinal < byOrdinal.length; ordinal++) {
            if (byOrdinal[ordinal] > 0) {
                counts.merge(words.lookupOrd(ordinal).utf8ToString(), byOrdinal[ordinal], Long::sum);
            }
        }
    }

    /** The same for words that were counted elsewhere. */
    static List<ImageAnswer.Facet> best(Map<String, Long> counts) {
        List<ImageAnswer.Facet> facets = new ArrayList<>();
        counts.forEach((word, images) -> facets.add(new ImageAnswer.Facet(word, images)));
        facets.sort(
                Comparator.comparingLong(ImageAnswer.Facet::images).reversed().thenComparing(ImageAnswer.Facet::word));
        return facets.subList(0, Math.min(facets.size(), ImageAnswer.MAX_FACETS));
    }
}

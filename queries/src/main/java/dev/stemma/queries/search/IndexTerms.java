package dev.stemma.queries.search;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import org.apache.lucene.index.MultiTerms;
import org.apache.lucene.index.Term;
import org.apache.lucene.index.Terms;
import org.apache.lucene.index.TermsEnum;
import org.apache.lucene.search.BooleanClause;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.ConstantScoreQuery;
import org.apache.lucene.search.FuzzyQuery;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.PrefixQuery;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.ScoreDoc;
import org.apache.lucene.search.TermQuery;
import org.apache.lucene.util.BytesRef;
import org.apache.lucene.util.automaton.Automaton;
import org.apache.lucene.util.automaton.CompiledAutomaton;

/** What is asked of the index. Each answer is bounded. */
final class IndexTerms {

    private static final int MAX_PREFIXED = 2_000;
    private static final int MAX_WORDS = 20;

    private IndexTerms() {}

    /** The terms of a field that an automaton accepts, in no certain order. */
    static List<String> fitting(IndexSearcher searcher, String field, Automaton automaton, int limit)
            throws IOException {
        Terms terms = MultiTerms.getTerms(searcher.getIndexReader(), field);
        List<String> found = new ArrayList<>();
        if (terms != null) {
            TermsEnum fitting = new CompiledAutomaton(automaton).getTermsEnum(terms);
            for (BytesRef term = fitting.next(); term != null && found.size() < limit; term = fitting.next()) {
                found.add(term.utf8ToString());
            }
        }
        return found;
    }

    static List<String> packages(IndexSearcher searcher, String typed, int limit) throws IOException {
        String lower = typed.strip().toLowerCase(Locale.ROOT);
        Set<String> ids = new LinkedHashSet<>();
        List<String> names = prefixed(searcher, lower);
        names.sort(Comparator.comparingInt(String::length).thenComparing(Comparator.naturalOrder()));
        for (String name : names) {
            if (ids.size() < limit) {
                ids.addAll(packagesOf(searcher, new TermQuery(new Term(IndexFields.PACKAGE_NAME, name)), limit));
            }
        }
        // An edit in a text of one or two letters would fit nearly everything.
        if (ids.size() < limit && lower.length() > 2) {
            int edits = lower.length() < 6 ? 1 : 2;
            ids.addAll(
                    packagesOf(searcher, new FuzzyQuery(new Term(IndexFields.PACKAGE_NAME, lower), edits, 1), limit));
        }
        return ids.stream().limit(limit).toList();
    }

    private static List<String> prefixed(IndexSearcher searcher, String prefix) throws IOException {
        Terms terms = MultiTerms.getTerms(searcher.getIndexReader(), IndexFields.PACKAGE_NAME);
        List<String> names = new ArrayList<>();
        if (terms != null) {
            TermsEnum at = terms.iterator();
            boolean more = at.seekCeil(new BytesRef(prefix)) != TermsEnum.SeekStatus.END;
            while (more && names.size() < MAX_PREFIXED) {
                String name = at.term().utf8ToString();
                if (!name.startsWith(prefix)) {
                    break;
                }
                names.add(name);
                more = at.next() != null;
            }
        }
        return names;
    }

    private static List<String> packagesOf(IndexSearcher searcher, Query query, int limit) throws IOException {
        return stored(searcher, query, IndexFields.PACKAGE, limit);
    }

    static List<String> images(IndexSearcher searcher, String typed, int limit) throws IOException {
        BooleanQuery.Builder all = new BooleanQuery.Builder();
        int words = 0;
        for (String word : typed.toLowerCase(Locale.ROOT).split("[^\\p{L}\\p{N}]+")) {
            if (!word.isEmpty() && words++ < MAX_WORDS) {
                Term term = new Term(IndexFields.IMAGE_TEXT, word);
                all.add(
                        new BooleanQuery.Builder()
                                .add(new TermQuery(term), BooleanClause.Occur.SHOULD)
                                .add(new ConstantScoreQuery(new PrefixQuery(term)), BooleanClause.Occur.SHOULD)
                                .build(),
                        BooleanClause.Occur.MUST);
            }
        }
        return words == 0 ? List.of() : stored(searcher, all.build(), IndexFields.IMAGE, limit);
    }

    private static List<String> stored(IndexSearcher searcher, Query query, String field, int limit)
            throws IOException {
        List<String> values = new ArrayList<>();
        for (ScoreDoc found : searcher.search(query, limit).scoreDocs) {
            values.add(Objects.requireNonNull(
                    searcher.storedFields().document(found.doc, Set.of(field)).get(field)));
        }
        return values;
    }
}

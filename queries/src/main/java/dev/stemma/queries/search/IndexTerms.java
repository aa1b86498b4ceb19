package dev.stemma.queries.search;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.MultiTerms;
import org.apache.lucene.index.PostingsEnum;
import org.apache.lucene.index.StoredFields;
import org.apache.lucene.index.Term;
import org.apache.lucene.index.Terms;
import org.apache.lucene.index.TermsEnum;
import org.apache.lucene.search.AutomatonQuery;
import org.apache.lucene.search.BooleanClause;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.ConstantScoreQuery;
import org.apache.lucene.search.FuzzyQuery;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.MultiPhraseQuery;
import org.apache.lucene.search.PhraseQuery;
import org.apache.lucene.search.PrefixQuery;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.ScoreDoc;
import org.apache.lucene.search.TermQuery;
import org.apache.lucene.util.Bits;
import org.apache.lucene.util.BytesRef;
import org.apache.lucene.util.automaton.Automaton;
import org.apache.lucene.util.automaton.CompiledAutomaton;

/** What is asked of the index. Each answer is bounded. */
final class IndexTerms {

    private static final int MAX_PREFIXED = 2_000;
    private static final int MAX_WORDS = 20;
    private static final int MAX_CONTENTS = 20_000;

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
        List<String> names = prefixed(searcher, IndexFields.PACKAGE_NAME, lower);
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

    private static List<String> prefixed(IndexSearcher searcher, String field, String prefix) throws IOException {
        Terms terms = MultiTerms.getTerms(searcher.getIndexReader(), field);
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

    /** Ids of packages whose name, in lower case, fits. */
    static List<String> packagesNamed(IndexSearcher searcher, TextTerm pattern, int limit) throws IOException {
        BooleanQuery.Builder all = new BooleanQuery.Builder();
        List<Automaton> automata = pattern instanceof TextTerm.Glob glob
                ? List.of(Patterns.word(glob.pattern()))
                : TextMatcher.automata(pattern);
        automata.forEach(automaton ->
                all.add(new AutomatonQuery(new Term(IndexFields.PACKAGE_NAME), automaton), BooleanClause.Occur.FILTER));
        return stored(searcher, all.build(), IndexFields.PACKAGE, limit);
    }

    static SearchIndex.Contents contents(IndexSearcher searcher, ConfigurationTerm term) throws IOException {
        List<String> words = term.words();
        Query query;
        if (term.prefix()) {
            MultiPhraseQuery.Builder phrase = new MultiPhraseQuery.Builder();
            words.subList(0, words.size() - 1).forEach(word -> phrase.add(new Term(IndexFields.TEXT_WORDS, word)));
            List<String> last = prefixed(searcher, IndexFields.TEXT_WORDS, words.getLast());
            if (last.isEmpty()) {
                return new SearchIndex.Contents(List.of(), true);
            }
            phrase.add(last.stream()
                    .map(word -> new Term(IndexFields.TEXT_WORDS, word))
                    .toArray(Term[]::new));
            query = phrase.build();
            boolean complete = last.size() < MAX_PREFIXED;
            SearchIndex.Contents found = contents(searcher, query);
            return new SearchIndex.Contents(found.digests(), found.complete() && complete);
        }
        return contents(
                searcher,
                words.size() == 1
                        ? new TermQuery(new Term(IndexFields.TEXT_WORDS, words.getFirst()))
                        : new PhraseQuery(IndexFields.TEXT_WORDS, words.toArray(String[]::new)));
    }

    private static SearchIndex.Contents contents(IndexSearcher searcher, Query query) throws IOException {
        List<String> digests = stored(searcher, new ConstantScoreQuery(query), IndexFields.TEXT, MAX_CONTENTS + 1);
        boolean complete = digests.size() <= MAX_CONTENTS;
        return new SearchIndex.Contents(complete ? digests : digests.subList(0, MAX_CONTENTS), complete);
    }

    /** Puts two stored fields of all documents that have the first into a map. */
    static void stored(IndexSearcher searcher, String key, String value, Map<String, String> into) throws IOException {
        for (LeafReaderContext leaf : searcher.getIndexReader().leaves()) {
            Terms terms = leaf.reader().terms(key);
            if (terms == null) {
                continue;
            }
            Bits live = leaf.reader().getLiveDocs();
            StoredFields stored = leaf.reader().storedFields();
            TermsEnum each = terms.iterator();
            PostingsEnum postings = null;
            for (BytesRef term = each.next(); term != null; term = each.next()) {
                postings = each.postings(postings, PostingsEnum.NONE);
                for (int doc = postings.nextDoc(); doc != PostingsEnum.NO_MORE_DOCS; doc = postings.nextDoc()) {
                    if (live == null || live.get(doc)) {
                        into.put(
                                term.utf8ToString(),
                                Objects.requireNonNull(
                                        stored.document(doc, Set.of(value)).get(value)));
                    }
                }
            }
        }
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

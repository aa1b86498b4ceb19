package dev.stemma.queries.search;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.apache.lucene.document.LongPoint;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.AutomatonQuery;
import org.apache.lucene.search.BooleanClause.Occur;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.ConstantScoreQuery;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.TermQuery;
import org.apache.lucene.util.BytesRef;
import org.apache.lucene.util.automaton.Automaton;

/**
 * Conditions as queries of the index, in Kleene's three-valued logic: of each condition one query for the images of which it is
 * known to hold, and one for those of which it may hold. To negate a condition swaps the two, so that an image that was
 * never looked into is no hit of {@code NOT software:nginx} either, and is counted instead.
 */
final class ConditionQueries {

    static final Query IMAGES = new TermQuery(new Term(IndexFields.IS_IMAGE, IndexFields.YES));

    private static final Query NONE = new BooleanQuery.Builder().build();

    private final Map<Condition.Leaf, ContentSets.Found> contents;

    /** @param contents what was found for the leaves on content */
    ConditionQueries(Map<Condition.Leaf, ContentSets.Found> contents) {
        this.contents = new HashMap<>(contents);
    }

    /** Images that are known to meet a condition, and those that may. The first are among the second. */
    record Bounds(Query known, Query possible) {}

    Bounds bounds(Condition condition) {
        return switch (condition) {
            case Condition.All all -> {
                List<Bounds> parts = all.parts().stream().map(this::bounds).toList();
                yield new Bounds(
                        every(parts.stream().map(Bounds::known).toList()),
                        every(parts.stream().map(Bounds::possible).toList()));
            }
            case Condition.Any any -> {
                List<Bounds> parts = any.parts().stream().map(this::bounds).toList();
                yield new Bounds(
                        some(parts.stream().map(Bounds::known).toList()),
                        some(parts.stream().map(Bounds::possible).toList()));
            }
            case Condition.Not not -> {
                Bounds part = bounds(not.part());
                yield new Bounds(without(part.possible()), without(part.known()));
            }
            case Condition.Leaf leaf -> leaf(leaf);
        };
    }

    private Bounds leaf(Condition.Leaf leaf) {
        Query known =
                switch (leaf) {
                    case Condition.Text text ->
                        every(TextMatcher.automata(text.term()).stream()
                                .map(automaton -> fitting(text.field().indexField(), automaton))
                                .toList());
                    case Condition.Keyword keyword -> keyword(keyword.field(), keyword.value());
                    case Condition.Modified modified -> modified(modified);
                    case Condition.Software _,
                            Condition.SoftwareNamed _,
                            Condition.Holds _,
                            Condition.Configuration _ -> content(leaf);
                };
        ContentSets.Found found = contents.get(leaf);
        if (found != null && !found.complete()) {
            return new Bounds(known, IMAGES);
        }
        if (ConditionBounds.files(leaf)) {
            return new Bounds(known, some(List.of(known, level(ImageFacts.NEVER_INDEXED), level(ImageFacts.BASIC))));
        }
        return new Bounds(
                known, ConditionBounds.inside(leaf) ? some(List.of(known, level(ImageFacts.NEVER_INDEXED))) : known);
    }

    private Query content(Condition.Leaf leaf) {
        ContentSets.Found found = contents.get(leaf);
        return found == null ? NONE : found.query();
    }

    /** What is of a level, machines too. */
    private static Query level(String word) {
        return new TermQuery(new Term(KeywordField.LEVEL.word(), word));
    }

    /** Images of a level, to be counted: what is known of a machine is known of an image. */
    static Query images(String level) {
        return images(level(level));
    }

    /** What is found of images, and not of machines. */
    static Query images(Query found) {
        return new BooleanQuery.Builder()
                .add(found, Occur.FILTER)
                .add(new TermQuery(new Term(KeywordField.KIND.word(), ImageFacts.MACHINE)), Occur.MUST_NOT)
                .build();
    }

    /** Images with a keyword; what has no wild card is mostly written as it is indexed. */
    private static Query keyword(KeywordField field, String value) {
        return fitting(field.word(), Patterns.word(value.toLowerCase(Locale.ROOT)));
    }

    private static Query fitting(String field, Automaton automaton) {
        return new AutomatonQuery(new Term(field), automaton);
    }

    private static Query modified(Condition.Modified modified) {
        Optional<Long> until = modified.until().map(ImageFeeder::nanos);
        if (until.filter(nanos -> nanos == Long.MIN_VALUE).isPresent()) {
            return NONE;
        }
        return LongPoint.newRangeQuery(
                IndexFields.MODIFIED,
                modified.from().map(ImageFeeder::nanos).orElse(Long.MIN_VALUE),
                until.map(nanos -> nanos - 1).orElse(Long.MAX_VALUE));
    }

    static Query every(List<Query> parts) {
        BooleanQuery.Builder all = new BooleanQuery.Builder().add(IMAGES, Occur.FILTER);
        parts.forEach(part -> all.add(part, Occur.FILTER));
        return all.build();
    }

    private static Query some(List<Query> parts) {
        BooleanQuery.Builder any = new BooleanQuery.Builder();
        parts.forEach(part -> any.add(part, Occur.SHOULD));
        return new ConstantScoreQuery(any.build());
    }

    private static Query without(Query part) {
        return new BooleanQuery.Builder()
                .add(IMAGES, Occur.FILTER)
                .add(part, Occur.MUST_NOT)
                .build();
    }

    /** Terms of a field as the index takes them. */
    static List<BytesRef> terms(Iterable<String> words) {
        List<BytesRef> terms = new java.util.ArrayList<>();
        words.forEach(word -> terms.add(new BytesRef(word)));
        return terms;
    }
}

package dev.stemma.queries.search;

import dev.stemma.graph.store.Graph;
import dev.stemma.graph.store.Row;
import dev.stemma.graph.store.Statement;
import dev.stemma.queries.moment.AsOf;
import dev.stemma.queries.problem.QueryProblem;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import org.apache.lucene.util.automaton.Automaton;
import org.apache.lucene.util.automaton.CharacterRunAutomaton;

/**
 * Finds images as of a moment, in the graph, which keeps the past; the index holds what is now. Each image is held against the
 * condition in the same three-valued logic as {@link ConditionQueries}. Used for one search.
 */
final class PastSearch {

    private static final Statement IMAGES = Statement.named(PastSearch.class, "search/images-at.cypher");
    private static final Statement SYSTEMS = Statement.named(PastSearch.class, "search/systems.cypher");

    private final Graph graph;
    private final AsOf at;
    private final PackageSets packages;
    private final SearchIndex index;
    private final Set<String> purls = new HashSet<>();

    PastSearch(Graph graph, AsOf at, PackageSets packages, SearchIndex index) {
        this.graph = graph;
        this.at = at;
        this.packages = packages;
        this.index = index;
    }

    /** Whether a condition holds; what cannot be told lies between the others. */
    enum Truth {
        NO,
        UNKNOWN,
        YES;

        Truth opposite() {
            return switch (this) {
                case NO -> YES;
                case UNKNOWN -> UNKNOWN;
                case YES -> NO;
            };
        }
    }

    /** An image then, and whether it is meant; images that are not are left out. */
    record Judged(ImageFacts facts, Truth truth) {}

    /** The images that then were meant, or may have been, by name and id; and all levels there were. */
    record Found(List<Judged> images, ImageAnswer.Indexed indexed) {
        Found {
            images = List.copyOf(images);
        }
    }

    /** The package versions that conditions were met by. */
    Set<String> purls() {
        return purls;
    }

    /**
     * @throws QueryProblem {@code NO_PAST} for a condition on what is kept of now only
     */
    Found search(Condition condition, Collection<Condition.Leaf> leaves) {
        leaves.forEach(PastSearch::requirePast);
        Map<Condition.Leaf, Function<Then, Truth>> judges = new HashMap<>();
        leaves.forEach(leaf -> judges.put(leaf, judge(leaf)));
        List<Row> then = graph.read(IMAGES.with(Map.of("at", at.instant())));
        // After the images, so that all of theirs are known.
        Map<String, ImageFacts.System> systems = new HashMap<>();
        graph.read(SYSTEMS).forEach(row -> systems.put(row.text("id"), ImageFacts.System.of(row)));
        List<Judged> images = new ArrayList<>();
        Map<String, Long> levels = new HashMap<>();
        for (Row row : then) {
            Then image = new Then(ImageFacts.of(row, systems), row.texts("repositoryIds"));
            if (!image.facts().machine()) {
                levels.merge(image.facts().level(), 1L, Long::sum);
            }
            Truth truth = truth(condition, image, judges);
            if (truth != Truth.NO) {
                images.add(new Judged(image.facts(), truth));
            }
        }
        images.sort(Comparator.<Judged, String>comparing(image -> image.facts().name())
                .thenComparing(image -> image.facts().id()));
        return new Found(
                images,
                new ImageAnswer.Indexed(
                        levels.getOrDefault(ImageFacts.FULL, 0L),
                        levels.getOrDefault(ImageFacts.BASIC, 0L),
                        levels.getOrDefault(ImageFacts.NEVER_INDEXED, 0L)));
    }

    private record Then(ImageFacts facts, List<String> repositoryIds) {}

    private static Truth truth(Condition condition, Then then, Map<Condition.Leaf, Function<Then, Truth>> judges) {
        return switch (condition) {
            case Condition.All all ->
                all.parts().stream()
                        .map(part -> truth(part, then, judges))
                        .min(Comparator.naturalOrder())
                        .orElse(Truth.YES);
            case Condition.Any any ->
                any.parts().stream()
                        .map(part -> truth(part, then, judges))
                        .max(Comparator.naturalOrder())
                        .orElse(Truth.NO);
            case Condition.Not not -> truth(not.part(), then, judges).opposite();
            case Condition.Leaf leaf ->
                Optional.ofNullable(judges.get(leaf)).orElseThrow().apply(then);
        };
    }

    private Function<Then, Truth> judge(Condition.Leaf leaf) {
        return switch (leaf) {
            case Condition.Text text -> {
                Predicate<Collection<String>> fits = TextMatcher.of(text.term());
                yield then -> told(leaf, then, fits.test(then.facts().lines(text.field())));
            }
            case Condition.Keyword keyword -> {
                Automaton automaton = Patterns.word(keyword.value());
                CharacterRunAutomaton fits = new CharacterRunAutomaton(automaton);
                yield then -> told(
                        leaf,
                        then,
                        then.facts().words(keyword.field()).stream().anyMatch(fits::run)
                                || (keyword.field() == KeywordField.REPOSITORY
                                        && then.repositoryIds().stream().anyMatch(fits::run)));
            }
            case Condition.Software software ->
                having(leaf, packages.resolve(List.of(software.term())).getFirst());
            case Condition.SoftwareNamed named -> having(leaf, packages.named(named.pattern(), index));
            case Condition.Holds _, Condition.Configuration _, Condition.Modified _ ->
                throw new IllegalStateException("was refused before");
        };
    }

    private Function<Then, Truth> having(Condition.Leaf leaf, PackageSets.Resolved versions) {
        purls.addAll(versions.purls());
        Set<String> images = packages.having(versions.purls());
        return then -> {
            boolean has = images.contains(then.facts().id());
            return !has && !versions.complete() ? Truth.UNKNOWN : told(leaf, then, has);
        };
    }

    private static Truth told(Condition.Leaf leaf, Then then, boolean holds) {
        if (holds) {
            return Truth.YES;
        }
        boolean unknown = ConditionBounds.inside(leaf) && then.facts().level().equals(ImageFacts.NEVER_INDEXED);
        return unknown ? Truth.UNKNOWN : Truth.NO;
    }

    /** What is kept of now only cannot be asked of the past. */
    private static void requirePast(Condition.Leaf leaf) {
        String what =
                switch (leaf) {
                    case Condition.Holds _ -> "files are searched in what images hold now, not in what they held";
                    case Condition.Configuration _ ->
                        "configuration is searched in what images hold now, not in what they held";
                    case Condition.Modified _ -> "when an image's file changed is kept of the last time only";
                    case Condition.Keyword keyword ->
                        keyword.field() == KeywordField.STATE ? "the state is searched as it is now" : "";
                    case Condition.Text _, Condition.Software _, Condition.SoftwareNamed _ -> "";
                };
        if (!what.isEmpty()) {
            throw new QueryProblem(QueryProblem.Code.NO_PAST, what + "; leave that or the date out");
        }
    }
}

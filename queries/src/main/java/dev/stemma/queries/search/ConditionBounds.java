package dev.stemma.queries.search;

import dev.stemma.queries.problem.QueryProblem;
import java.util.HashSet;
import java.util.Set;

/** What a condition may be at most, and which leaves it has. */
final class ConditionBounds {

    private static final int MAX_DEPTH = 50;
    private static final int MAX_LEAVES = 1_000;
    private static final int MAX_FILES = 20;

    private ConditionBounds() {}

    /**
     * All leaves of a condition, each once.
     *
     * @throws QueryProblem {@code INVALID} for one that is too large or too deep
     */
    static Set<Condition.Leaf> leaves(Condition condition) {
        Set<Condition.Leaf> leaves = new HashSet<>();
        collect(condition, 0, leaves);
        long files = leaves.stream().filter(Condition.Holds.class::isInstance).count();
        if (files > MAX_FILES) {
            throw invalid("a search names at most " + MAX_FILES + " files");
        }
        return leaves;
    }

    private static void collect(Condition condition, int depth, Set<Condition.Leaf> leaves) {
        if (depth > MAX_DEPTH) {
            throw invalid("a search nests at most " + MAX_DEPTH + " deep");
        }
        switch (condition) {
            case Condition.All all -> all.parts().forEach(part -> collect(part, depth + 1, leaves));
            case Condition.Any any -> any.parts().forEach(part -> collect(part, depth + 1, leaves));
            case Condition.Not not -> collect(not.part(), depth + 1, leaves);
            case Condition.Leaf leaf -> {
                leaves.add(leaf);
                if (leaves.size() > MAX_LEAVES) {
                    throw invalid("a search has at most " + MAX_LEAVES + " conditions");
                }
            }
        }
    }

    /** Whether a leaf can only be told of images that were indexed. */
    static boolean inside(Condition.Leaf leaf) {
        return switch (leaf) {
            case Condition.Text text -> text.field().inside();
            case Condition.Keyword keyword -> keyword.field().inside();
            case Condition.Modified _ -> false;
            case Condition.Software _, Condition.SoftwareNamed _, Condition.Holds _, Condition.Configuration _ -> true;
        };
    }

    /** Whether a leaf can only be told of images that were indexed with their files. */
    static boolean files(Condition.Leaf leaf) {
        return leaf instanceof Condition.Holds || leaf instanceof Condition.Configuration;
    }

    static QueryProblem invalid(String message) {
        return new QueryProblem(QueryProblem.Code.INVALID, message);
    }
}

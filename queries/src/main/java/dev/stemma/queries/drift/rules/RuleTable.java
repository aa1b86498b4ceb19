package dev.stemma.queries.drift.rules;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Rules in the order in which they are asked, found by the names that a path begins with: a comparison asks for thousands of paths, and most patterns are
 * for one directory. Immutable.
 *
 * @param <R> what a rule is
 */
final class RuleTable<R> {

    /** {@code /etc} alone has a hundred patterns, {@code /etc/systemd} five. */
    private static final int NAMES = 2;

    private record Line<R>(int order, R rule, PathPattern pattern) {}

    /** By the names that every path which fits begins with, of which there may be none. */
    private final Map<String, List<Line<R>>> lines = new HashMap<>();

    /** @param paths of a rule, of which one has to fit */
    RuleTable(List<R> rules, Function<R, List<PathPattern>> paths) {
        for (int i = 0; i < rules.size(); i++) {
            for (PathPattern pattern : paths.apply(rules.get(i))) {
                lines.computeIfAbsent(pattern.names(NAMES), _ -> new ArrayList<>())
                        .add(new Line<>(i, rules.get(i), pattern));
            }
        }
    }

    /** The first rule that a path fits, of those that are wanted. */
    Optional<R> first(String path, Predicate<R> wanted) {
        Line<R> best = null;
        int length = 0;
        for (int i = 0; i <= NAMES && length >= 0; i++) {
            best = better(best, path.substring(0, length), path, wanted);
            length = length == path.length() ? -1 : end(path, length);
        }
        return Optional.ofNullable(best).map(Line::rule);
    }

    private static int end(String path, int start) {
        int next = path.indexOf('/', start + 1);
        return next < 0 ? path.length() : next;
    }

    private @Nullable Line<R> better(@Nullable Line<R> best, String names, String path, Predicate<R> wanted) {
        for (Line<R> line : lines.getOrDefault(names, List.of())) {
            if (best != null && line.order() >= best.order()) {
                return best;
            }
            if (wanted.test(line.rule()) && line.pattern().matches(path)) {
                return line;
            }
        }
        return best;
    }
}

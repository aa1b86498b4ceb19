package dev.stemma.ontology.sparql.pushdown;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The clauses of one way of a pattern, in the order in which they are written. Plain matches stand together, so that the
 * planner chooses among them. Chains do not: with both ends bound, Cypher walks every way between them, and a row of
 * diamonds has exponentially many. Each chain is a subquery that starts at one end and returns each other end once, which
 * the planner runs as a breadth-first search.
 */
final class Clauses {

    private static final Pattern NAME = Pattern.compile("\\b[nr]\\d+\\b");

    /** A chain between two nodes; its arrow goes from {@code start} to {@code end}. */
    private record Chain(Places.NodeRef start, Places.NodeRef end, String relationship) {}

    private final Draft draft;
    private final List<String> matches = new ArrayList<>();
    private final List<Chain> chains = new ArrayList<>();
    private final List<String> conditions = new ArrayList<>();
    private final Set<String> bound = new HashSet<>();
    private final Set<String> anchored = new HashSet<>();

    Clauses(Draft draft) {
        this.draft = draft;
    }

    /** A pattern to be matched, without the word. */
    void match(String pattern) {
        matches.add(pattern);
    }

    void chain(Places.NodeRef start, Places.NodeRef end, String relationship) {
        chains.add(new Chain(start, end, relationship));
    }

    /** What must hold; it may name any node or relationship of the clauses. */
    void condition(String condition) {
        conditions.add(condition);
    }

    /** The node was bound by an earlier step. */
    void bound(String name) {
        bound.add(name);
    }

    /** Few nodes can stand here: the key or a property is known. */
    void anchor(String name) {
        anchored.add(name);
    }

    boolean isEmpty() {
        return matches.isEmpty() && chains.isEmpty();
    }

    /** Writes all clauses; the conditions that are left belong after the last. */
    List<String> write() {
        List<Chain> left = new ArrayList<>(chains);
        while (!left.isEmpty()) {
            Chain next = left.stream()
                    .max(Comparator.comparingInt(chain -> Math.max(weight(chain.start), weight(chain.end))))
                    .orElseThrow();
            left.remove(next);
            write(next);
        }
        matches.forEach(pattern -> draft.line("MATCH " + pattern));
        if (matches.isEmpty()) {
            draft.line("WITH *");
        }
        return conditions;
    }

    private void write(Chain chain) {
        boolean forwards = weight(chain.start) >= weight(chain.end);
        Places.NodeRef from = forwards ? chain.start : chain.end;
        Places.NodeRef to = forwards ? chain.end : chain.start;
        if (!bound.contains(from.name())) {
            begin(from);
        }
        String end = bound.contains(to.name()) ? draft.name("n") : to.name();
        String there =
                "(" + end + ":" + String.join("|", to.labels().stream().sorted().toList()) + ")";
        String here = "(" + from.name() + ")";
        draft.line("CALL (" + from.name() + ") {");
        draft.line(
                "MATCH " + (forwards ? here : there) + "-[" + chain.relationship + "]->" + (forwards ? there : here));
        draft.line("RETURN DISTINCT " + end);
        draft.line("}");
        if (!end.equals(to.name())) {
            draft.line("WITH *");
            draft.line("WHERE " + end + " = " + to.name());
        }
        bound.add(to.name());
    }

    /** Binds the node that a chain starts from: alone, or with its neighbours where one of them narrows it down. */
    private void begin(Places.NodeRef node) {
        if (weight(node) == 1) {
            Set<String> near = component(node.name());
            List<String> now = matches.stream()
                    .filter(pattern -> near.containsAll(names(pattern)))
                    .toList();
            matches.removeAll(now);
            now.forEach(pattern -> draft.line("MATCH " + pattern));
            now.forEach(pattern -> bound.addAll(names(pattern)));
        } else {
            draft.line("MATCH (" + node.name() + ":"
                    + String.join("|", node.labels().stream().sorted().toList()) + ")");
            bound.add(node.name());
        }
        List<String> ready = conditions.stream()
                .filter(condition -> bound.containsAll(names(condition)))
                .toList();
        conditions.removeAll(ready);
        if (!ready.isEmpty()) {
            draft.line("WHERE " + String.join(" AND ", ready));
        }
    }

    /** 4 bound, 3 anchored itself, 1 near an anchored one, 0 anything. */
    private int weight(Places.NodeRef node) {
        if (bound.contains(node.name())) {
            return 4;
        }
        if (anchored.contains(node.name())) {
            return 3;
        }
        return component(node.name()).stream().anyMatch(name -> anchored.contains(name) || bound.contains(name))
                ? 1
                : 0;
    }

    /** The names that plain matches lead to from a name. */
    private Set<String> component(String name) {
        Set<String> reached = new HashSet<>(Set.of(name));
        boolean more = true;
        while (more) {
            more = false;
            for (String pattern : matches) {
                Set<String> names = names(pattern);
                if (names.stream().anyMatch(reached::contains)) {
                    more |= reached.addAll(names);
                }
            }
        }
        return reached;
    }

    /** The names in a text. Values are parameters, so nothing else there looks like a name. */
    private static Set<String> names(String text) {
        return NAME.matcher(text).results().map(MatchResult::group).collect(Collectors.toSet());
    }
}

package dev.stemma.ontology.sparql.pushdown;

import dev.stemma.ontology.mapping.Datatype;
import dev.stemma.ontology.mapping.Mapping;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import org.apache.jena.graph.Node;
import org.apache.jena.sparql.algebra.Op;
import org.apache.jena.sparql.expr.E_Bound;
import org.apache.jena.sparql.expr.E_Equals;
import org.apache.jena.sparql.expr.E_Exists;
import org.apache.jena.sparql.expr.E_GreaterThan;
import org.apache.jena.sparql.expr.E_GreaterThanOrEqual;
import org.apache.jena.sparql.expr.E_LessThan;
import org.apache.jena.sparql.expr.E_LessThanOrEqual;
import org.apache.jena.sparql.expr.E_LogicalAnd;
import org.apache.jena.sparql.expr.E_LogicalNot;
import org.apache.jena.sparql.expr.E_LogicalOr;
import org.apache.jena.sparql.expr.E_NotEquals;
import org.apache.jena.sparql.expr.E_NotExists;
import org.apache.jena.sparql.expr.E_NotOneOf;
import org.apache.jena.sparql.expr.E_OneOf;
import org.apache.jena.sparql.expr.E_Regex;
import org.apache.jena.sparql.expr.E_Str;
import org.apache.jena.sparql.expr.E_StrContains;
import org.apache.jena.sparql.expr.E_StrEndsWith;
import org.apache.jena.sparql.expr.E_StrStartsWith;
import org.apache.jena.sparql.expr.Expr;
import org.apache.jena.sparql.expr.ExprFunction2;
import org.apache.jena.sparql.expr.ExprFunctionOp;
import org.apache.jena.sparql.expr.ExprVar;
import org.apache.jena.sparql.expr.NodeValue;

/**
 * Writes filters. SPARQL's errors and Cypher's null pass through {@code &&}, {@code ||} and {@code !} alike, so an
 * unbound variable needs no care; what the two compare differently is refused: times without zone, texts that UTF-16 and
 * code points order differently, values of different datatypes.
 */
final class FilterWriter {

    private final Mapping mapping;
    private final Draft draft;
    private final BiFunction<Draft, Op, String> exists;

    /**
     * @param exists writes the subquery for an {@code EXISTS}
     */
    FilterWriter(Mapping mapping, Draft draft, BiFunction<Draft, Op, String> exists) {
        this.mapping = mapping;
        this.draft = draft;
        this.exists = exists;
    }

    /**
     * A condition that is true exactly where the filter is.
     *
     * @throws Refused when Cypher would not mean the same
     */
    String condition(Expr filter) {
        return switch (filter) {
            case E_LogicalAnd and -> "(" + condition(and.getArg1()) + " AND " + condition(and.getArg2()) + ")";
            case E_LogicalOr or -> "(" + condition(or.getArg1()) + " OR " + condition(or.getArg2()) + ")";
            case E_LogicalNot not -> "NOT (" + condition(not.getArg()) + ")";
            case E_Bound bound -> bound(bound);
            case E_Equals e -> equal(e.getArg1(), e.getArg2());
            case E_NotEquals e -> "NOT (" + equal(e.getArg1(), e.getArg2()) + ")";
            case E_LessThan e -> ordered(e, "<");
            case E_LessThanOrEqual e -> ordered(e, "<=");
            case E_GreaterThan e -> ordered(e, ">");
            case E_GreaterThanOrEqual e -> ordered(e, ">=");
            case E_OneOf e -> oneOf(e.getLHS(), e.getRHS().getList());
            case E_NotOneOf e -> "NOT " + oneOf(e.getLHS(), e.getRHS().getList());
            case E_StrStartsWith e -> text(e.getArg1()) + " STARTS WITH " + text(e.getArg2());
            case E_StrEndsWith e -> text(e.getArg1()) + " ENDS WITH " + text(e.getArg2());
            case E_StrContains e -> text(e.getArg1()) + " CONTAINS " + text(e.getArg2());
            case E_Regex e -> regex(e);
            case Guarded guarded -> condition(guarded.plain());
            case E_Exists e -> exists(e);
            case E_NotExists e -> "NOT " + exists(e);
            case ExprVar var when holds(var, Datatype.FLAG) -> value(var);
            case NodeValue value when value.isBoolean() -> value.getBoolean() ? "true" : "false";
            default -> throw new Refused("filter " + filter);
        };
    }

    private String exists(ExprFunctionOp filter) {
        return exists.apply(draft, filter.getGraphPattern());
    }

    private String bound(E_Bound bound) {
        if (!(bound.getArg() instanceof ExprVar var)) {
            throw new Refused("bound of an expression");
        }
        return switch (draft.slots().get(var.asVar())) {
            case Slot.OfNode node -> node.name() + " IS NOT NULL";
            case Slot.OfStatement statement -> statement.name() + " IS NOT NULL";
            case Slot.OfValue value -> value.expression() + " IS NOT NULL";
            case Slot.OfTerm term -> term.expression() + " IS NOT NULL";
            case Slot.Tagged tagged -> tagged.name() + " IS NOT NULL";
            case null -> throw new Refused("bound of a variable from elsewhere");
        };
    }

    private String oneOf(Expr left, List<Expr> others) {
        if (others.isEmpty()) {
            return "(false)";
        }
        return "("
                + String.join(
                        " OR ", others.stream().map(other -> equal(left, other)).toList()) + ")";
    }

    private String equal(Expr left, Expr right) {
        if (left instanceof NodeValue && right instanceof NodeValue) {
            throw new Refused("two constants");
        }
        if (left instanceof NodeValue constant) {
            return equal(right, constant);
        }
        Slot slot = slot(left);
        if (right instanceof NodeValue constant) {
            return equal(slot, constant);
        }
        Slot other = slot(right);
        if (slot instanceof Slot.OfNode a && other instanceof Slot.OfNode b) {
            return a.name() + " = " + b.name();
        }
        if (slot instanceof Slot.OfStatement a && other instanceof Slot.OfStatement b) {
            return a.name() + " = " + b.name();
        }
        if (slot instanceof Slot.OfTerm a && other instanceof Slot.OfTerm b) {
            return a.expression() + " = " + b.expression();
        }
        if (slot instanceof Slot.OfValue a && other instanceof Slot.OfValue b && a.datatype() == b.datatype()) {
            return Equality.same(a.datatype(), a.expression(), b.expression());
        }
        throw new Refused("comparing different things");
    }

    private String equal(Slot slot, NodeValue constant) {
        Node term = constant.asNode();
        if (slot instanceof Slot.OfTerm(var expression, var _) && term.isURI()) {
            return expression + " = " + draft.parameter(term.getURI());
        }
        if (slot instanceof Slot.OfNode node && term.isURI()) {
            Anchor anchor = Anchor.of(mapping, term).orElseThrow(() -> new Refused("foreign term"));
            if (anchor.kind() instanceof Kind.OfNode(var labels)
                    && node.labels().containsAll(labels)) {
                String label = labels.iterator().next();
                Slot.OfNode narrow = new Slot.OfNode(node.name(), labels, false);
                String same = new Codes(mapping).key(narrow) + " = " + draft.parameter(anchor.value());
                return node.labels().size() == 1 ? same : "(" + node.name() + ":" + label + " AND " + same + ")";
            }
        }
        if (slot instanceof Slot.OfValue value) {
            return Equality.same(
                    value.datatype(), value.expression(), draft.parameter(Constants.value(value.datatype(), constant)));
        }
        throw new Refused("comparing with " + constant);
    }

    private String ordered(ExprFunction2 comparison, String operator) {
        Expr left = comparison.getArg1();
        Expr right = comparison.getArg2();
        if (left instanceof NodeValue constant && !(right instanceof NodeValue)) {
            return ordered(right, turned(operator), constant);
        }
        if (right instanceof NodeValue constant) {
            return ordered(left, operator, constant);
        }
        if (slot(left) instanceof Slot.OfValue a
                && slot(right) instanceof Slot.OfValue b
                && a.datatype() == b.datatype()
                && a.datatype() != Datatype.TEXT) {
            return order(a.datatype(), a.expression(), operator, b.expression());
        }
        throw new Refused("ordering different things");
    }

    private String ordered(Expr left, String operator, NodeValue constant) {
        if (!(slot(left) instanceof Slot.OfValue value)) {
            throw new Refused("ordering what has no order");
        }
        Object bound = Constants.value(value.datatype(), constant);
        if (bound instanceof String text && !text.chars().allMatch(c -> c < Character.MIN_SURROGATE)) {
            throw new Refused("ordering beyond the surrogates");
        }
        return order(value.datatype(), value.expression(), operator, draft.parameter(bound));
    }

    private static String turned(String operator) {
        return Map.of("<", ">", "<=", ">=", ">", "<", ">=", "<=").getOrDefault(operator, operator);
    }

    private static String order(Datatype datatype, String a, String operator, String b) {
        return switch (datatype) {
            case TEXT, INTEGER, NUMBER -> a + " " + operator + " " + b;
            case FLAG -> throw new Refused("ordering truth values");
            case TIME ->
                "(" + a + ".epochSeconds " + operator.charAt(0) + " " + b + ".epochSeconds OR (" + a
                        + ".epochSeconds = " + b + ".epochSeconds AND " + a + ".nanosecond " + operator + " " + b
                        + ".nanosecond))";
        };
    }

    private String regex(E_Regex regex) {
        List<Expr> arguments = regex.getArgs();
        String flags = arguments.size() < 3 || arguments.get(2) == null ? "" : Constants.text(arguments.get(2));
        String pattern = RegexReader.whole(Constants.text(arguments.get(1)), flags);
        return text(arguments.get(0)) + " =~ " + draft.parameter(pattern);
    }

    /** The expression of a text: a variable that holds one, {@code str()} of it, or a constant. */
    private String text(Expr expr) {
        return switch (expr) {
            case E_Str str -> text(str.getArg());
            case NodeValue _ -> draft.parameter(Constants.text(expr));
            case ExprVar var when holds(var, Datatype.TEXT) -> value(var);
            default -> throw new Refused("not a text: " + expr);
        };
    }

    private boolean holds(ExprVar var, Datatype datatype) {
        return draft.slots().get(var.asVar()) instanceof Slot.OfValue value && value.datatype() == datatype;
    }

    private String value(ExprVar var) {
        return draft.slots().get(var.asVar()) instanceof Slot.OfValue value ? value.expression() : "null";
    }

    private Slot slot(Expr expr) {
        if (expr instanceof E_Str str && str.getArg() instanceof ExprVar var && holds(var, Datatype.TEXT)) {
            return slot(var);
        }
        Slot slot = expr instanceof ExprVar var ? draft.slots().get(var.asVar()) : null;
        if (slot == null) {
            throw new Refused("not a variable of the pattern: " + expr);
        }
        return slot;
    }
}

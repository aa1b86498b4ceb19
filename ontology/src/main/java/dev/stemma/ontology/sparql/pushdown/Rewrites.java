package dev.stemma.ontology.sparql.pushdown;

import java.util.List;
import org.apache.jena.query.ARQ;
import org.apache.jena.sparql.util.Context;
import org.apache.jena.sparql.util.Symbol;

/** Which of ARQ's rewritings happen before patterns are compiled. */
public final class Rewrites {

    /** These turn filters into substitutions and unions, which would break one statement into several. */
    private static final List<Symbol> NOT = List.of(
            ARQ.optFilterEquality,
            ARQ.optFilterInequality,
            ARQ.optFilterImplicitJoin,
            ARQ.optImplicitLeftJoin,
            ARQ.optFilterExpandOneOf,
            ARQ.optFilterDisjunction);

    private Rewrites() {}

    /** Sets the choice in a context, and turns off ARQ's property functions, which are no SPARQL. */
    public static void choose(Context context) {
        context.set(ARQ.enablePropertyFunctions, false);
        NOT.forEach(rewrite -> context.set(rewrite, false));
    }
}

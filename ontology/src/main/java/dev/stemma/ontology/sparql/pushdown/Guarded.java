package dev.stemma.ontology.sparql.pushdown;

import org.apache.jena.sparql.expr.Expr;

/** A function under the query's limits. In a statement the database's own limits hold, so the plain function is compiled. */
public interface Guarded {

    /** The function as SPARQL has it. */
    Expr plain();
}

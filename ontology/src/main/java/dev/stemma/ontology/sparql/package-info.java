/**
 * SPARQL 1.1 over the graph: queries are parsed by Jena, their algebra is compiled to Cypher where Cypher means the
 * same, and the rest is evaluated by ARQ over single patterns. Knows nothing of HTTP; writes nothing.
 */
@NullMarked
package dev.stemma.ontology.sparql;

import org.jspecify.annotations.NullMarked;

/** SPARQL held against ARQ over the exported graph, against Cypher, and against its limits. */
@NullMarked
package dev.stemma.ontology.sparql;

import org.jspecify.annotations.NullMarked;

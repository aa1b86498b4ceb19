/**
 * The SPARQL 1.1 protocol over the ontology's engine.
 */
@NullMarked
package dev.stemma.api.sparql;

import org.jspecify.annotations.NullMarked;

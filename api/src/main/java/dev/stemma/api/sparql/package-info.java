/**
 * The SPARQL 1.1 protocol over HTTP: requests, content negotiation and errors. The language itself, and Jena, are the
 * business of {@code ontology.sparql}.
 */
@NullMarked
package dev.stemma.api.sparql;

import org.jspecify.annotations.NullMarked;

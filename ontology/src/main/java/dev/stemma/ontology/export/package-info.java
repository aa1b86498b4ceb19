/**
 * What the graph knows, written in the formats of others: W3C PROV. Reads the graph only; the words come from
 * {@code mapping} and {@code vocabulary}.
 */
@NullMarked
package dev.stemma.ontology.export;

import org.jspecify.annotations.NullMarked;

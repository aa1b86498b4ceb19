/**
 * What a well-formed graph satisfies, as SHACL shapes ({@code stemma-shapes.ttl}), and the check of triples against them.
 * Asks no database.
 */
@NullMarked
package dev.stemma.ontology.shape;

import org.jspecify.annotations.NullMarked;

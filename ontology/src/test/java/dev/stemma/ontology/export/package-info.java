/** Lineages of a real graph, read back and checked. */
@NullMarked
package dev.stemma.ontology.export;

import org.jspecify.annotations.NullMarked;

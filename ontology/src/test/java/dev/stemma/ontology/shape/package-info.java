/** Right and broken triples against the shapes. */
@NullMarked
package dev.stemma.ontology.shape;

import org.jspecify.annotations.NullMarked;

/** The vocabulary held against the schema's page and the mapping. */
@NullMarked
package dev.stemma.ontology.vocabulary;

import org.jspecify.annotations.NullMarked;

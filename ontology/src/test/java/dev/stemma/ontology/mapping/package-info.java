/** The table and the IRIs, without a database. */
@NullMarked
package dev.stemma.ontology.mapping;

import org.jspecify.annotations.NullMarked;

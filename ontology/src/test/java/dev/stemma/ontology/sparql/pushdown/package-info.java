/** What patterns are compiled to, without a database. */
@NullMarked
package dev.stemma.ontology.sparql.pushdown;

import org.jspecify.annotations.NullMarked;

/**
 * SPARQL algebra compiled to Cypher: a pattern is read into steps, its places are typed against the mapping (one
 * alternative for each way that it can match), and each alternative is written as one statement. What has no exact
 * counterpart in Cypher is refused here and left to ARQ. Runs nothing.
 */
@NullMarked
package dev.stemma.ontology.sparql.pushdown;

import org.jspecify.annotations.NullMarked;

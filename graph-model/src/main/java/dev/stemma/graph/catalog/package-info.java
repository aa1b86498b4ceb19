/**
 * The catalog: which images there are and where. Flat entities through Spring Data Neo4j; what is connected is asked for
 * in Cypher. No type of Spring leaves this room, and no other room uses Spring.
 */
@NullMarked
package dev.stemma.graph.catalog;

import org.jspecify.annotations.NullMarked;

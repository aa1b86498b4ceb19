/**
 * The way to the graph database: statements with parameters, rows, transactions, batches bounded in bytes, retries and
 * read-only Cypher. The only room, with {@code engine} and {@code catalog}, that knows the Neo4j driver.
 */
@NullMarked
package dev.stemma.graph.store;

import org.jspecify.annotations.NullMarked;

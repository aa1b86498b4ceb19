/**
 * Questions with names, over the whole collection: each a file of Cypher with its parameters in the head, built in or added by whoever runs
 * Stemma. What needs more than one query to answer lives in a room of its own.
 */
@NullMarked
package dev.stemma.queries.insight;

import org.jspecify.annotations.NullMarked;

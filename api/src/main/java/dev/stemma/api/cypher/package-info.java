/**
 * The read-only Cypher way in, over HTTP. What may be asked, for how long and for how many rows is decided in
 * {@code graph.store.ReadOnlyCypher}; here are only the request, the answer and its formats.
 */
@NullMarked
package dev.stemma.api.cypher;

import org.jspecify.annotations.NullMarked;

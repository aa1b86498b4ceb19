/**
 * Puts the service together: graph, ingest, queries and ontology as beans, started and ended in order. No logic of its own.
 */
@NullMarked
package dev.stemma.api.wiring;

import org.jspecify.annotations.NullMarked;

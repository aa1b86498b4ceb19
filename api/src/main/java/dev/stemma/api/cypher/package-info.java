/**
 * The read-only Cypher way in.
 */
@NullMarked
package dev.stemma.api.cypher;

import org.jspecify.annotations.NullMarked;

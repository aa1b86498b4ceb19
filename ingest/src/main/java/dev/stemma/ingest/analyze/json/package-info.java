/**
 * JSON from guests, read token by token within bounds on depth, text and size. What its fields mean belongs to who asks.
 */
@NullMarked
package dev.stemma.ingest.analyze.json;

import org.jspecify.annotations.NullMarked;

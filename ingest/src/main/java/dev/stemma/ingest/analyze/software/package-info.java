/**
 * Software that may lie anywhere in a guest, and how it is found: spotters are offered every entry of a full walk, pick by name,
 * place and mode, and read the few files that they picked afterwards. What a single ecosystem's files mean lives in a room
 * of its own.
 */
@NullMarked
package dev.stemma.ingest.analyze.software;

import org.jspecify.annotations.NullMarked;

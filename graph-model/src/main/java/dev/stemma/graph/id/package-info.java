/**
 * Names of things: content digests and the references people type. Everything here is an immutable value with a
 * {@code parse} that names what is wrong. No database, no input or output.
 */
@NullMarked
package dev.stemma.graph.id;

import org.jspecify.annotations.NullMarked;

/** Sprawl: groups of images so alike that one of them might do, and what that would take. Stands on {@code similarity}. */
@NullMarked
package dev.stemma.queries.sprawl;

import org.jspecify.annotations.NullMarked;

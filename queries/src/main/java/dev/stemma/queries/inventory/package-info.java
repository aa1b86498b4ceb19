/**
 * What one image holds: facts, volumes, packages, directories and single paths, from the graph alone. Comparing images
 * is {@code drift}, finding them is {@code search}.
 */
@NullMarked
package dev.stemma.queries.inventory;

import org.jspecify.annotations.NullMarked;

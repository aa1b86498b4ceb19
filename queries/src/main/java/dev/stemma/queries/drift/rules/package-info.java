/**
 * What to make of differences: which are noise, and how much each weighs. Rules as data, and no knowledge of how differences are found.
 */
@NullMarked
package dev.stemma.queries.drift.rules;

import org.jspecify.annotations.NullMarked;

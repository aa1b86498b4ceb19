/**
 * What differs between two inventories: packages by version, files by a walk down two Merkle trees at once that skips
 * what is equal. Which image to compare with, when only one is named, is found through the derivations.
 */
@NullMarked
package dev.stemma.queries.drift;

import org.jspecify.annotations.NullMarked;

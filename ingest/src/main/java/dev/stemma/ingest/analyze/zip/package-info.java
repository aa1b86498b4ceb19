/**
 * ZIP archives of guests, read by their directory: names first, and then only the entries that are wanted, expanded within
 * bounds.
 */
@NullMarked
package dev.stemma.ingest.analyze.zip;

import org.jspecify.annotations.NullMarked;

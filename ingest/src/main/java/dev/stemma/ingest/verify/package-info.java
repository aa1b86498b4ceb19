/**
 * Holds what lies in a guest against the checksums of the packages that own it. Reads contents only where nobody knows yet that they
 * are right. Package databases are read in {@code analyze}; the graph is not known here.
 */
@NullMarked
package dev.stemma.ingest.verify;

import org.jspecify.annotations.NullMarked;

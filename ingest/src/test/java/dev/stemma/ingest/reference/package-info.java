/** Tests of the reference repository. */
@NullMarked
package dev.stemma.ingest.reference;

import org.jspecify.annotations.NullMarked;

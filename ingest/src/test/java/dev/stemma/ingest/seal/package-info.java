/** Tests of seals. */
@NullMarked
package dev.stemma.ingest.seal;

import org.jspecify.annotations.NullMarked;

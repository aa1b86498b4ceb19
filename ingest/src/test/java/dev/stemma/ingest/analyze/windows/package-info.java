/** Tests of this room. */
@NullMarked
package dev.stemma.ingest.analyze.windows;

import org.jspecify.annotations.NullMarked;

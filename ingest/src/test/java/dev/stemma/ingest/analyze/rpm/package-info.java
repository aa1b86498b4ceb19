/** Tests of this room. */
@NullMarked
package dev.stemma.ingest.analyze.rpm;

import org.jspecify.annotations.NullMarked;

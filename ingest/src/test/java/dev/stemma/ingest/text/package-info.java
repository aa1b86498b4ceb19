/** Texts that are kept: no secret comes through, and what is read back is what was written. */
@NullMarked
package dev.stemma.ingest.text;

import org.jspecify.annotations.NullMarked;

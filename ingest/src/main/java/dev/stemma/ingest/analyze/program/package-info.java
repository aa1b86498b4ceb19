/**
 * Programs that carry a list of what they were built from: Go's build information and the audit data of Rust programs. Reads
 * section tables and those sections, never a whole program.
 */
@NullMarked
package dev.stemma.ingest.analyze.program;

import org.jspecify.annotations.NullMarked;

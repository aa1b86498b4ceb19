/**
 * Coverage-guided fuzzing: what a target is, how small inputs become damage to whole images, and how Jazzer is started. The targets
 * themselves lie beside the tests of the reader that they are for. Nothing here knows a format.
 */
@NullMarked
package dev.stemma.ingest.fuzz;

import org.jspecify.annotations.NullMarked;

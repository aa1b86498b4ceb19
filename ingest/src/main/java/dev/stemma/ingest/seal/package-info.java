/**
 * What was true of an image's files when they were indexed, so that a later run can tell whether they are still the bytes that
 * its manifest speaks of. Nothing here reads a disk; a seal that is lost costs time, never truth.
 */
@NullMarked
package dev.stemma.ingest.seal;

import org.jspecify.annotations.NullMarked;

/**
 * Summarizes contents: what an ELF file or a script says of itself. Picks while the walk goes by, reads a few kilobytes of what it picked, and
 * nothing of what was summarized before. The graph is not known here.
 */
@NullMarked
package dev.stemma.ingest.summary;

import org.jspecify.annotations.NullMarked;

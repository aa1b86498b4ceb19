/** Tests of this room. */
@NullMarked
package dev.stemma.ingest.analyze.pacman;

import org.jspecify.annotations.NullMarked;

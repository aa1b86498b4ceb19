/** Tests of this room and of the ecosystems' rooms that build on it. */
@NullMarked
package dev.stemma.ingest.analyze.software;

import org.jspecify.annotations.NullMarked;

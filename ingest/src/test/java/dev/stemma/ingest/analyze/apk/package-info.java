/** Tests of this room. */
@NullMarked
package dev.stemma.ingest.analyze.apk;

import org.jspecify.annotations.NullMarked;

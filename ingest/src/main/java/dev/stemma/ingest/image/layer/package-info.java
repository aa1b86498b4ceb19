/**
 * A disk as layers: which stretches one file stores of it, packed or plain, which are zeros, and which the file below has;
 * and the bytes that come of it. Knows neither a format nor which files may be read.
 */
@NullMarked
package dev.stemma.ingest.image.layer;

import org.jspecify.annotations.NullMarked;

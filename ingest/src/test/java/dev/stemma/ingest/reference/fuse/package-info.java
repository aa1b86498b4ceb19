/** Tests of what is mounted. */
@NullMarked
package dev.stemma.ingest.reference.fuse;

import org.jspecify.annotations.NullMarked;

/** Tests of this room. */
@NullMarked
package dev.stemma.ingest.analyze.rpm.database;

import org.jspecify.annotations.NullMarked;

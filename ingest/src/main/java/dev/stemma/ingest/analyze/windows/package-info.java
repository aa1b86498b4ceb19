/** Tells a Windows by its registry and its programs' headers. Where a hive is read is not known here. */
@NullMarked
package dev.stemma.ingest.analyze.windows;

import org.jspecify.annotations.NullMarked;

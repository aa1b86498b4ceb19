/** Tests of the content store. */
@NullMarked
package dev.stemma.ingest.content;

import org.jspecify.annotations.NullMarked;

/**
 * VHDX, the format of Hyper-V, vetted and read. Knows one file; where a differencing disk's parent lies and whether it may be
 * read is decided above. The format page is docs/formats/vhdx.adoc.
 */
@NullMarked
package dev.stemma.ingest.image.vhdx;

import org.jspecify.annotations.NullMarked;

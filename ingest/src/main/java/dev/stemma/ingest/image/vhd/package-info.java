/**
 * VHD, the format of Virtual PC, Hyper-V and Azure, vetted and read. Knows one file; where a differencing disk's parent lies
 * and whether it may be read is decided above. The format page is docs/formats/vhd.adoc.
 */
@NullMarked
package dev.stemma.ingest.image.vhd;

import org.jspecify.annotations.NullMarked;

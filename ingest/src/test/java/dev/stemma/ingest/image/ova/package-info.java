/** OVF packages under a fuzzer; what they must be is tested where images are opened. */
@NullMarked
package dev.stemma.ingest.image.ova;

import org.jspecify.annotations.NullMarked;

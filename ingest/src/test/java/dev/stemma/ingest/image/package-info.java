/** Opening images: against qemu-img as the oracle, against headers made to deceive, against running machines. */
@NullMarked
package dev.stemma.ingest.image;

import org.jspecify.annotations.NullMarked;

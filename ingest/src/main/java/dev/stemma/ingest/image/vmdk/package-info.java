/**
 * VMDK, vetted and read: the descriptor, which names extents and a parent, and hosted sparse extents. Which of the named files
 * may be opened is decided above. The format page is docs/formats/vmdk.adoc.
 */
@NullMarked
package dev.stemma.ingest.image.vmdk;

import org.jspecify.annotations.NullMarked;

/**
 * A file system in user space (FUSE) that shows the files of a guest, read-only, as the kernel asks for them. It speaks the kernel's protocol itself, in which names are
 * bytes, as a guest has them; {@code fusermount3} mounts it, so that nobody needs to be root. What the guest is read with is others' to know. The
 * kernel is trusted, the guest is not: what it says cannot be more than a file, and nothing of it is run or opened as a device.
 */
@NullMarked
package dev.stemma.ingest.reference.fuse;

import org.jspecify.annotations.NullMarked;

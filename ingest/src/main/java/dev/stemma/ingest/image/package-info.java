/**
 * Disk images: which format a file has, which files its headers name and whether they may be read, and the bytes that a guest
 * would see. What lies on the disk is not known here. Each format has a room of its own, which reads headers and tables of one
 * file; opening another one is asked for here and nowhere else. QEMU, in a sandbox, reads what is too rare for that.
 */
@NullMarked
package dev.stemma.ingest.image;

import org.jspecify.annotations.NullMarked;

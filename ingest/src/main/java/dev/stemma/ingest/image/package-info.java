/**
 * Disk images: which format a file has, which files its chain of backing files names and whether they may be read, and
 * the bytes that a guest would see. What lies on the disk is not known here. QEMU reads what is not raw, after Java has
 * read and vetted every header, in a sandbox, with each format and file stated.
 */
@NullMarked
package dev.stemma.ingest.image;

import org.jspecify.annotations.NullMarked;

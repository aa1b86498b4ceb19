/**
 * Reading a file system: the one interface and the choice among readers, one folder each. What lies above (partitions,
 * disk formats) and below (what files mean) is not known here.
 */
@NullMarked
package dev.stemma.ingest.filesystem;

import org.jspecify.annotations.NullMarked;

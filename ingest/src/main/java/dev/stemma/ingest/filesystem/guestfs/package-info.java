/**
 * The second way to read: any file system, volume manager and journal that Linux knows, through libguestfs in an
 * appliance of its own. The appliance sees one disk, by a read-only socket; its library runs in a child process that can be
 * ended at any moment, and nothing of it is loaded here. libguestfs is named in no other package.
 */
@NullMarked
package dev.stemma.ingest.filesystem.guestfs;

import org.jspecify.annotations.NullMarked;

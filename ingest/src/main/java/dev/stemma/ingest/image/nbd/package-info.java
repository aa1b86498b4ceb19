/**
 * A client of the Network Block Device protocol on a unix socket: just enough to read an export and to learn where its
 * holes are. The server is a process that we started; it reads hostile files, so its answers are not trusted either.
 */
@NullMarked
package dev.stemma.ingest.image.nbd;

import org.jspecify.annotations.NullMarked;

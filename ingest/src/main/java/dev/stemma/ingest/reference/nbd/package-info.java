/**
 * A server of the Network Block Device protocol on a unix-domain socket: a disk of the store, or any other bytes, for tools that speak it. What is
 * served is others' to know; nothing of it is ever changed. Clients are not trusted: each field of theirs is bounded.
 */
@NullMarked
package dev.stemma.ingest.reference.nbd;

import org.jspecify.annotations.NullMarked;

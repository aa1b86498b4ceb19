/**
 * The reference repository: how disks come into the content store and out of it again. What lies in the store's files is
 * {@code content}'s; who asks, and for which version, is not known here yet.
 */
@NullMarked
package dev.stemma.ingest.reference;

import org.jspecify.annotations.NullMarked;

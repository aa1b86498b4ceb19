/** Tests of the server of the Network Block Device protocol. */
@NullMarked
package dev.stemma.ingest.reference.nbd;

import org.jspecify.annotations.NullMarked;

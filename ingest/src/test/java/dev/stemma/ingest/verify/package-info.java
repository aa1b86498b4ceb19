@NullMarked
package dev.stemma.ingest.verify;

import org.jspecify.annotations.NullMarked;

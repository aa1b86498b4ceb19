@NullMarked
package dev.stemma.ingest;

import org.jspecify.annotations.NullMarked;

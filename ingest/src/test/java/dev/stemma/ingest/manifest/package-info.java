@NullMarked
package dev.stemma.ingest.manifest;

import org.jspecify.annotations.NullMarked;

/** Analyzers: against dpkg and its own tools on trees that dpkg itself made. */
@NullMarked
package dev.stemma.ingest.analyze;

import org.jspecify.annotations.NullMarked;

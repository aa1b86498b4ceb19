/**
 * Keeps contents once, in immutable packs, and gives them back byte for byte. The form is in {@code docs/formats/store.adoc}. What a disk
 * or a file system is, is not known here; who checks in and what versions there are neither ({@code reference}).
 */
@NullMarked
package dev.stemma.ingest.content;

import org.jspecify.annotations.NullMarked;

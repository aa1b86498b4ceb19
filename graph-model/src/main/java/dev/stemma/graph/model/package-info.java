/**
 * What Stemma knows about images, as immutable records and sealed types: the words of the glossary. Nothing here reads
 * a disk, talks to a database or depends on a library.
 */
@NullMarked
package dev.stemma.graph.model;

import org.jspecify.annotations.NullMarked;

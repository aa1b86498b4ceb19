/**
 * The Executable and Linking Format as far as several rooms read it: header, segments, sections. What they mean to a room is that room's; no
 * content is read here.
 */
@NullMarked
package dev.stemma.ingest.elf;

import org.jspecify.annotations.NullMarked;

/**
 * Applications and runtimes that Flatpak deployed, for the whole guest or for one of its users.
 */
@NullMarked
package dev.stemma.ingest.analyze.flatpak;

import org.jspecify.annotations.NullMarked;

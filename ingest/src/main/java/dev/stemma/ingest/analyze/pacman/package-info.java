/** Arch's database of installed packages as pacman(8) writes it: a directory a package. */
@NullMarked
package dev.stemma.ingest.analyze.pacman;

import org.jspecify.annotations.NullMarked;

/** Debian's package database as dpkg(1) writes it: which packages are there, in which state, and which paths they brought. */
@NullMarked
package dev.stemma.ingest.analyze.dpkg;

import org.jspecify.annotations.NullMarked;

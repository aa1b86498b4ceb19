/** Alpine's database of installed packages as apk(8) writes it. */
@NullMarked
package dev.stemma.ingest.analyze.apk;

import org.jspecify.annotations.NullMarked;

/** What system a guest is: distribution, version, patch level, architecture. Packages are not known here but as given. */
@NullMarked
package dev.stemma.ingest.analyze.identity;

import org.jspecify.annotations.NullMarked;

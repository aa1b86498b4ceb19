/** What rpm says is installed: its headers, and the paths that each package brought. How headers are stored is not known here. */
@NullMarked
package dev.stemma.ingest.analyze.rpm;

import org.jspecify.annotations.NullMarked;

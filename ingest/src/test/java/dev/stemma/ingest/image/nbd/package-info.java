/** The NBD client against servers that lie. That it is right with an honest one is shown by the images that it reads. */
@NullMarked
package dev.stemma.ingest.image.nbd;

import org.jspecify.annotations.NullMarked;

/** Small XML documents of strangers, read into plain elements: no entities, no other files, everything bounded. */
@NullMarked
package dev.stemma.ingest.image.xml;

import org.jspecify.annotations.NullMarked;

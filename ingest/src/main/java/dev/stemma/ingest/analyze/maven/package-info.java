/**
 * Java archives and what they are made of: Maven's properties where the build left them, the manifest's words where not.
 */
@NullMarked
package dev.stemma.ingest.analyze.maven;

import org.jspecify.annotations.NullMarked;

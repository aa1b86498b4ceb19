/**
 * Installed Ruby gems, those that come with Ruby among them.
 */
@NullMarked
package dev.stemma.ingest.analyze.gem;

import org.jspecify.annotations.NullMarked;

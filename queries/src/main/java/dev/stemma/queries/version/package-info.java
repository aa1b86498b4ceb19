/** The order of versions as package managers define it. Pure functions on text; no graph. */
@NullMarked
package dev.stemma.queries.version;

import org.jspecify.annotations.NullMarked;

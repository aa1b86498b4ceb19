/** Version chains and what was made of their versions, in lists. How images derive from one another is {@code lineage}'s. */
@NullMarked
package dev.stemma.queries.chains;

import org.jspecify.annotations.NullMarked;

/** Where images come from and what came of them: walks over derivations, each with its basis. */
@NullMarked
package dev.stemma.queries.lineage;

import org.jspecify.annotations.NullMarked;

/** What the tests of this module share: random graphs of the schema. */
@NullMarked
package dev.stemma.ontology;

import org.jspecify.annotations.NullMarked;

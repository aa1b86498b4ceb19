/**
 * The words of Stemma as an OWL 2 vocabulary ({@code stemma.ttl}), aligned with PROV-O, SPDX and DCAT, and the same words as
 * constants. No mapping, no queries.
 */
@NullMarked
package dev.stemma.ontology.vocabulary;

import org.jspecify.annotations.NullMarked;

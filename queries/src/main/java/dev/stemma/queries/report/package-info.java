/** Reports for people: the model of a lineage report and its HTML. W3C PROV is the ontology's. */
@NullMarked
package dev.stemma.queries.report;

import org.jspecify.annotations.NullMarked;

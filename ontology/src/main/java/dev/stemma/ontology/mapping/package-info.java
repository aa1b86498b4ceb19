/**
 * How the property graph reads as RDF: label ↔ class, relationship ↔ object property, property ↔ datatype property, id ↔
 * IRI. One table ({@link dev.stemma.ontology.mapping.Mapping#STEMMA}) says it all; nothing here asks the graph.
 */
@NullMarked
package dev.stemma.ontology.mapping;

import org.jspecify.annotations.NullMarked;

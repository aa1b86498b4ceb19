package dev.stemma.ontology.mapping;

import java.util.List;

/**
 * A label and the class that it is.
 *
 * @param label as the graph has it
 * @param kind the segment of an individual's IRI that says the label: {@code package-version}
 * @param key the property that names an individual
 * @param classes IRIs of the classes that each individual has, Stemma's own first
 * @param properties in the order of the schema
 */
public record NodeTerm(String label, String kind, String key, List<String> classes, List<PropertyTerm> properties) {

    public NodeTerm {
        classes = List.copyOf(classes);
        properties = List.copyOf(properties);
    }
}

package dev.stemma.ontology.vocabulary;

import static java.util.stream.Collectors.toCollection;
import static org.assertj.core.api.Assertions.assertThat;

import dev.stemma.ontology.mapping.Mapping;
import dev.stemma.ontology.mapping.NodeTerm;
import dev.stemma.ontology.mapping.PropertyTerm;
import dev.stemma.ontology.mapping.RelationshipTerm;
import java.io.IOException;
import java.lang.reflect.Field;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.jena.rdf.model.Model;
import org.apache.jena.rdf.model.RDFList;
import org.apache.jena.rdf.model.Resource;
import org.apache.jena.vocabulary.OWL2;
import org.apache.jena.vocabulary.RDF;
import org.apache.jena.vocabulary.RDFS;
import org.junit.jupiter.api.Test;

/** The vocabulary, the constants, the mapping and the schema's page say the same, both ways. */
class VocabularyTest {

    private static final Path SCHEMA = Path.of("..", "docs", "reference", "graph-schema.adoc");

    private static final Pattern LABEL = Pattern.compile("\\(:(\\w+)");
    private static final Pattern RELATIONSHIP = Pattern.compile("-\\[:(\\w+)");
    private static final Pattern INDEXED = Pattern.compile("-\\[:(\\w+) \\{(\\w+)}]->");
    private static final Pattern CODE = Pattern.compile("`([^`]+)`");
    private static final Pattern NAME = Pattern.compile("[a-z]\\w*|md5");

    private final Mapping mapping = Mapping.STEMMA;
    private final Model vocabulary = StemmaVocabulary.model();

    @Test
    void every_label_and_relationship_of_the_schema_is_in_the_mapping_and_the_other_way_round() throws IOException {
        Set<String> labels = new TreeSet<>();
        Set<String> types = new TreeSet<>();
        for (Row row : rows()) {
            labels.addAll(row.labels());
            types.addAll(row.types());
        }
        assertThat(names(mapping.nodes().stream().map(NodeTerm::label))).isEqualTo(labels);
        assertThat(names(mapping.relationships().stream().map(RelationshipTerm::type)))
                .isEqualTo(types);
    }

    @Test
    void every_property_of_the_schema_is_in_the_mapping_and_the_other_way_round() throws IOException {
        Map<String, Set<String>> schema = new TreeMap<>();
        for (Row row : rows()) {
            row.labels().forEach(owner -> schema.computeIfAbsent(owner, _ -> new TreeSet<>()));
            row.types().forEach(owner -> schema.computeIfAbsent(owner, _ -> new TreeSet<>()));
            row.owned().forEach((owner, properties) -> add(schema, owner, properties));
        }
        Map<String, Set<String>> mapped = new TreeMap<>();
        mapping.nodes().forEach(node -> mapped.put(node.label(), names(node.properties())));
        mapping.relationships()
                .forEach(r -> mapped.put(
                        r.type(), names(r.statement().map(s -> s.properties()).orElse(List.of()))));
        assertThat(mapped).isEqualTo(schema);
    }

    @Test
    void every_class_and_property_of_the_mapping_is_defined_and_the_other_way_round() {
        Set<String> classes = new TreeSet<>();
        Set<String> relations = new TreeSet<>();
        Set<String> values = new TreeSet<>();
        mapping.nodes().forEach(node -> {
            classes.add(node.classes().getFirst());
            node.properties().forEach(p -> values.add(p.predicates().getFirst()));
        });
        mapping.relationships().forEach(r -> {
            relations.add(r.predicates().getFirst());
            r.narrowed().ifPresent(n -> relations.add(n.predicate()));
            r.statement().ifPresent(s -> {
                classes.add(s.classes().getFirst());
                relations.add(s.qualifiers().getFirst());
                relations.add(s.targets().getFirst());
                s.properties().forEach(p -> values.add(p.predicates().getFirst()));
            });
        });
        assertThat(defined(OWL2.Class)).isEqualTo(classes);
        assertThat(defined(OWL2.ObjectProperty)).isEqualTo(relations);
        assertThat(defined(OWL2.DatatypeProperty)).isEqualTo(values);
    }

    @Test
    void domains_and_ranges_are_those_of_the_mapping() {
        Map<String, Set<String>> domains = new HashMap<>();
        Map<String, Set<String>> ranges = new HashMap<>();
        mapping.nodes().forEach(node -> node.properties()
                .forEach(p -> add(domains, ranges, p, node.classes().getFirst())));
        mapping.relationships().forEach(r -> {
            Set<String> starts = classes(r.starts());
            Set<String> ends = classes(r.ends());
            Stream.concat(
                            Stream.of(r.predicates().getFirst()),
                            r.narrowed().map(RelationshipTerm.Narrowed::predicate).stream())
                    .forEach(p -> {
                        domains.put(p, starts);
                        ranges.put(p, ends);
                    });
            r.statement().ifPresent(s -> {
                String own = s.classes().getFirst();
                domains.put(s.qualifiers().getFirst(), starts);
                ranges.put(s.qualifiers().getFirst(), Set.of(own));
                domains.computeIfAbsent(s.targets().getFirst(), _ -> new TreeSet<>())
                        .add(own);
                ranges.computeIfAbsent(s.targets().getFirst(), _ -> new TreeSet<>())
                        .addAll(ends);
                s.properties().forEach(p -> add(domains, ranges, p, own));
            });
        });
        domains.forEach((p, expected) ->
                assertThat(members(p, RDFS.domain)).as("domain of %s", p).isEqualTo(expected));
        ranges.forEach((p, expected) ->
                assertThat(members(p, RDFS.range)).as("range of %s", p).isEqualTo(expected));
    }

    @Test
    void words_of_prov_that_answers_use_are_those_that_the_vocabulary_aligns_with() {
        mapping.nodes().forEach(node -> aligned(node.classes(), RDFS.subClassOf));
        mapping.relationships().forEach(r -> {
            aligned(r.predicates(), RDFS.subPropertyOf);
            r.statement().ifPresent(s -> {
                aligned(s.classes(), RDFS.subClassOf);
                aligned(s.qualifiers(), RDFS.subPropertyOf);
            });
        });
    }

    @Test
    void constants_are_the_defined_terms() throws IllegalAccessException {
        assertThat(constants(StemmaClasses.class)).isEqualTo(defined(OWL2.Class));
        assertThat(constants(StemmaRelations.class)).isEqualTo(defined(OWL2.ObjectProperty));
        assertThat(constants(StemmaValues.class)).isEqualTo(defined(OWL2.DatatypeProperty));
    }

    @Test
    void every_term_says_what_it_is() {
        Stream.of(OWL2.Class, OWL2.ObjectProperty, OWL2.DatatypeProperty)
                .flatMap(type -> defined(type).stream())
                .forEach(term -> assertThat(vocabulary.getResource(term).hasProperty(RDFS.comment))
                        .as(term)
                        .isTrue());
    }

    private void aligned(List<String> terms, org.apache.jena.rdf.model.Property by) {
        Resource own = vocabulary.getResource(terms.getFirst());
        terms.stream().skip(1).forEach(other -> assertThat(own.hasProperty(by, vocabulary.getResource(other)))
                .as("%s %s %s", own, by, other)
                .isTrue());
    }

    private void add(
            Map<String, Set<String>> domains, Map<String, Set<String>> ranges, PropertyTerm property, String owner) {
        String predicate = property.predicates().getFirst();
        domains.computeIfAbsent(predicate, _ -> new TreeSet<>()).add(owner);
        ranges.put(predicate, Set.of(property.datatype().iri()));
    }

    private Set<String> classes(Set<String> labels) {
        return names(labels.stream().map(label -> mapping.node(label).classes().getFirst()));
    }

    private Set<String> members(String term, org.apache.jena.rdf.model.Property property) {
        Resource value =
                vocabulary.getResource(term).getRequiredProperty(property).getResource();
        if (!value.hasProperty(OWL2.unionOf)) {
            return new TreeSet<>(Set.of(value.getURI()));
        }
        RDFList list = value.getRequiredProperty(OWL2.unionOf).getObject().as(RDFList.class);
        return names(list.asJavaList().stream().map(node -> node.asResource().getURI()));
    }

    /** Terms of Stemma's own with a URI; unions are classes too. */
    private Set<String> defined(Resource type) {
        return names(
                vocabulary
                        .listResourcesWithProperty(RDF.type, type)
                        .filterKeep(Resource::isURIResource)
                        .toList()
                        .stream()
                        .map(Resource::getURI));
    }

    private static Set<String> constants(Class<?> holder) throws IllegalAccessException {
        Set<String> terms = new TreeSet<>();
        for (Field field : holder.getFields()) {
            terms.add(((Resource) field.get(null)).getURI());
        }
        return terms;
    }

    private static Set<String> names(Stream<String> names) {
        return names.collect(toCollection(TreeSet::new));
    }

    private static Set<String> names(List<PropertyTerm> properties) {
        return names(properties.stream().map(PropertyTerm::name));
    }

    private static void add(Map<String, Set<String>> schema, String owner, Set<String> properties) {
        schema.computeIfAbsent(owner, _ -> new TreeSet<>()).addAll(properties);
    }

    /** A row of the schema's tables: what it speaks of, and the properties that it gives to whom. */
    private record Row(List<String> labels, List<String> types, Map<String, Set<String>> owned) {}

    private static List<Row> rows() throws IOException {
        List<Row> rows = new ArrayList<>();
        String[] parts = Files.readString(SCHEMA).split("(?m)^\\|===$");
        for (int i = 1; i < parts.length; i += 2) {
            Arrays.stream(parts[i].split("(?m)^\\| "))
                    .filter(row -> row.contains("(:"))
                    .map(VocabularyTest::row)
                    .forEach(rows::add);
        }
        return rows;
    }

    /** Properties belong to the last label where they start with an id or there is no relationship, else to the relationship. */
    private static Row row(String text) {
        int bar = text.indexOf('|');
        String head = text.substring(0, bar);
        Set<String> properties = cell(text.substring(bar + 1));
        List<String> labels = matches(LABEL, head);
        List<String> types = matches(RELATIONSHIP, head);
        Map<String, Set<String>> owned = new HashMap<>();
        Matcher indexed = INDEXED.matcher(head);
        while (indexed.find()) {
            owned.put(indexed.group(1), Set.of(indexed.group(2)));
        }
        if (types.isEmpty()) {
            labels.forEach(label -> owned.put(label, properties));
        } else if (properties.contains("id")) {
            owned.put(labels.getLast(), properties);
        } else if (!properties.isEmpty()) {
            assertThat(types).hasSize(1);
            owned.put(types.getFirst(), properties);
        }
        return new Row(labels, types, owned);
    }

    private static List<String> matches(Pattern pattern, String text) {
        return pattern.matcher(text).results().map(found -> found.group(1)).toList();
    }

    /** Names in code, without what stands in brackets: there the page lists values. */
    private static Set<String> cell(String text) {
        StringBuilder outside = new StringBuilder();
        int depth = 0;
        for (char c : text.toCharArray()) {
            depth += c == '(' ? 1 : c == ')' ? -1 : 0;
            if (depth == 0) {
                outside.append(c);
            }
        }
        Set<String> names = new TreeSet<>();
        Matcher code = CODE.matcher(outside);
        while (code.find()) {
            if (NAME.matcher(code.group(1)).matches()) {
                names.add(code.group(1));
            }
        }
        return names;
    }
}

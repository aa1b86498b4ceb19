package dev.stemma.ontology.export;

import dev.stemma.ontology.mapping.Datatype;
import dev.stemma.ontology.mapping.Individual;
import dev.stemma.ontology.mapping.Iris;
import dev.stemma.ontology.mapping.Mapping;
import dev.stemma.ontology.mapping.PropertyTerm;
import dev.stemma.ontology.vocabulary.Stemma;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.jena.atlas.json.JsonArray;
import org.apache.jena.atlas.json.JsonObject;
import org.apache.jena.atlas.json.JsonString;
import org.apache.jena.atlas.json.JsonValue;
import org.apache.jena.vocabulary.XSD;

/** A lineage as PROV-JSON (W3C Member Submission of 24 April 2013). */
final class ProvJson {

    private static final String ID = "id:";

    private final Mapping mapping = Mapping.STEMMA;
    private final Lineage lineage;
    private final JsonObject document = new JsonObject();

    ProvJson(Lineage lineage) {
        this.lineage = lineage;
    }

    JsonObject document() {
        JsonObject prefixes = new JsonObject();
        prefixes.put("id", Iris.BASE);
        prefixes.put("stemma", Stemma.NS);
        prefixes.put("xsd", XSD.getURI());
        document.put("prefix", prefixes);
        lineage.nodes().forEach(this::element);
        lineage.links().forEach(this::relation);
        return document;
    }

    private void element(Lineage.Node node) {
        JsonObject attributes = new JsonObject();
        attributes.put("prov:type", typed("stemma:" + node.id().label(), "prov:QUALIFIED_NAME"));
        if (node.properties().get("name") instanceof String name) {
            attributes.put("prov:label", name);
        }
        String kind =
                switch (node.id().label()) {
                    case "Activity" -> "activity";
                    case "Agent" -> "agent";
                    default -> "entity";
                };
        values(mapping.node(node.id().label()).properties(), node.properties(), attributes);
        if (kind.equals("activity")) {
            move(attributes, "stemma:startedAt", "prov:startTime");
            move(attributes, "stemma:endedAt", "prov:endTime");
        }
        section(kind).put(name(node.id()), attributes);
    }

    /** PROV-JSON has a member of its own for an activity's times, whose values are plain. */
    private static void move(JsonObject attributes, String from, String to) {
        JsonValue value = attributes.remove(from);
        if (value != null) {
            attributes.put(to, value.getAsObject().getString("$"));
        }
    }

    private void relation(Lineage.Link link) {
        JsonObject attributes = new JsonObject();
        switch (link.type()) {
            case "DERIVED_FROM" -> {
                attributes.put("prov:generatedEntity", name(link.start()));
                attributes.put("prov:usedEntity", name(link.end()));
                lineage.activities(link).stream()
                        .findFirst()
                        .ifPresent(activity -> attributes.put("prov:activity", name(activity)));
                var term = mapping.relationship(link.type());
                values(term.statement().orElseThrow().properties(), link.properties(), attributes);
                section("wasDerivedFrom")
                        .put(
                                name(TripleMaker.individual(term, link.start(), link.end(), link.properties())),
                                attributes);
            }
            case "GENERATED_BY" -> ends("wasGeneratedBy", "prov:entity", "prov:activity", link);
            case "USED" -> ends("used", "prov:activity", "prov:entity", link);
            case "ASSOCIATED_WITH" -> ends("wasAssociatedWith", "prov:activity", "prov:agent", link);
            case "HAS_INVENTORY" -> {
                attributes.put("prov:influencee", name(link.end()));
                attributes.put("prov:influencer", name(link.start()));
                attributes.put("prov:type", typed("stemma:InventoryPeriod", "prov:QUALIFIED_NAME"));
                var term = mapping.relationship(link.type());
                values(term.statement().orElseThrow().properties(), link.properties(), attributes);
                section("wasInfluencedBy")
                        .put(
                                name(TripleMaker.individual(term, link.start(), link.end(), link.properties())),
                                attributes);
            }
            default -> throw new IllegalStateException("not part of a lineage: " + link.type());
        }
    }

    private void ends(String relation, String from, String to, Lineage.Link link) {
        JsonObject section = section(relation);
        JsonObject attributes = new JsonObject();
        attributes.put(from, name(link.start()));
        attributes.put(to, name(link.end()));
        section.put("_:" + relation + (section.size() + 1), attributes);
    }

    private static void values(List<PropertyTerm> terms, Map<?, ?> properties, JsonObject into) {
        for (PropertyTerm term : terms) {
            List<JsonValue> values = new ArrayList<>();
            for (Object item : TripleMaker.items(term, properties)) {
                values.add(value(term.datatype(), item));
            }
            String name = "stemma:" + term.predicates().getFirst().substring(Stemma.NS.length());
            if (values.size() == 1) {
                into.put(name, values.getFirst());
            } else if (!values.isEmpty()) {
                JsonArray array = new JsonArray();
                array.addAll(values);
                into.put(name, array);
            }
        }
    }

    private static JsonValue value(Datatype datatype, Object item) {
        String lexical = datatype.literal(item).getLiteralLexicalForm();
        return datatype == Datatype.TEXT
                ? new JsonString(lexical)
                : typed(lexical, "xsd:" + datatype.iri().substring(XSD.getURI().length()));
    }

    private static JsonObject typed(String lexical, String type) {
        JsonObject value = new JsonObject();
        value.put("$", lexical);
        value.put("type", type);
        return value;
    }

    /** A qualified name; PROV allows slashes and percent signs in its local part. */
    private String name(Individual individual) {
        return ID + mapping.iris().iri(individual).substring(Iris.BASE.length());
    }

    private JsonObject section(String name) {
        if (!document.hasKey(name)) {
            document.put(name, new JsonObject());
        }
        return document.getObj(name);
    }
}

package dev.stemma.ontology.mapping;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Optional;
import java.util.function.Supplier;
import org.apache.jena.datatypes.RDFDatatype;
import org.apache.jena.datatypes.xsd.XSDDatatype;
import org.apache.jena.graph.Node;
import org.apache.jena.graph.NodeFactory;
import org.apache.jena.sys.JenaSystem;

/**
 * The kinds of values in the graph and the one literal for each value. Literals are matched as terms, so only the
 * canonical literal ({@code "5"^^xsd:integer}, not {@code "05"^^xsd:integer}) stands for a value.
 */
public enum Datatype {
    /** Text, {@code xsd:string}. */
    TEXT(() -> XSDDatatype.XSDstring),
    /** A whole number in 64 bits, {@code xsd:integer}. */
    INTEGER(() -> XSDDatatype.XSDinteger),
    /** A number, {@code xsd:double}. */
    NUMBER(() -> XSDDatatype.XSDdouble),
    /** A truth value, {@code xsd:boolean}. */
    FLAG(() -> XSDDatatype.XSDboolean),
    /** A point in time, {@code xsd:dateTime} in UTC. */
    TIME(() -> XSDDatatype.XSDdateTime);

    private final XSDDatatype xsd;

    /** Jena's types may only be touched once Jena is up. */
    Datatype(Supplier<XSDDatatype> xsd) {
        JenaSystem.init();
        this.xsd = xsd.get();
    }

    /** The IRI of the XML Schema datatype. */
    public String iri() {
        return xsd.getURI();
    }

    /**
     * The literal for a value as the graph returns it.
     *
     * @throws IllegalArgumentException when the value is of another kind, which the schema forbids
     */
    public Node literal(Object value) {
        return NodeFactory.createLiteralDT(lexical(value), xsd);
    }

    private String lexical(Object value) {
        return switch (this) {
            case TEXT -> value.toString();
            case INTEGER -> Long.toString(number(value).longValue());
            case NUMBER -> Double.toString(number(value).doubleValue());
            case FLAG -> value.toString();
            case TIME -> text(instant(value));
        };
    }

    private static Number number(Object value) {
        if (value instanceof Number number) {
            return number;
        }
        throw new IllegalArgumentException("a number is expected in the graph, not " + value.getClass());
    }

    private static Instant instant(Object value) {
        return switch (value) {
            case ZonedDateTime zoned -> zoned.toInstant();
            case OffsetDateTime offset -> offset.toInstant();
            case Instant instant -> instant;
            case Object other ->
                throw new IllegalArgumentException("a time is expected in the graph, not " + other.getClass());
        };
    }

    /** The one text of a point in time: UTC, seconds always, a fraction only where there is one. */
    static String text(Instant instant) {
        return DateTimeFormatter.ISO_INSTANT.format(instant).replaceFirst("(\\.\\d*?)0+Z$", "$1Z");
    }

    /** The value that a literal stands for, as a statement's parameter; empty when it is not this kind's canonical literal. */
    public Optional<Object> value(Node literal) {
        if (!literal.isLiteral() || !sameDatatype(literal.getLiteralDatatype())) {
            return Optional.empty();
        }
        return parse(literal.getLiteralLexicalForm())
                .filter(value -> literal(value).equals(literal));
    }

    private boolean sameDatatype(RDFDatatype other) {
        return xsd.equals(other);
    }

    private Optional<Object> parse(String lexical) {
        try {
            return Optional.of(
                    switch (this) {
                        case TEXT -> lexical;
                        case INTEGER -> Long.parseLong(lexical);
                        case NUMBER -> Double.parseDouble(lexical);
                        case FLAG -> Boolean.parseBoolean(lexical);
                        case TIME -> OffsetDateTime.parse(lexical).toInstant().atZone(java.time.ZoneOffset.UTC);
                    });
        } catch (NumberFormatException | DateTimeParseException e) {
            return Optional.empty();
        }
    }

    /** The kind whose literals have this datatype. */
    public static Optional<Datatype> of(Node literal) {
        for (Datatype datatype : values()) {
            if (literal.isLiteral() && datatype.sameDatatype(literal.getLiteralDatatype())) {
                return Optional.of(datatype);
            }
        }
        return Optional.empty();
    }
}

package dev.stemma.ontology.sparql.pushdown;

import dev.stemma.ontology.mapping.Datatype;
import java.time.DateTimeException;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import org.apache.jena.datatypes.xsd.XSDDatatype;
import org.apache.jena.sparql.expr.Expr;
import org.apache.jena.sparql.expr.NodeValue;

/** Constants of filters, as values that Cypher compares as SPARQL would. */
final class Constants {

    private static final int MAX_DIGITS = 18;

    private Constants() {}

    /**
     * The value to compare a value of the datatype with.
     *
     * @throws Refused when SPARQL would compare them in another way
     */
    static Object value(Datatype datatype, NodeValue constant) {
        return switch (datatype) {
            case TEXT -> text(constant);
            case FLAG -> {
                if (!constant.isBoolean()) {
                    throw new Refused("not a truth value");
                }
                yield constant.getBoolean();
            }
            case INTEGER -> {
                if (!constant.isInteger()
                        || constant.getInteger().abs().toString().length() > MAX_DIGITS) {
                    throw new Refused("not a whole number in 64 bits");
                }
                yield constant.getInteger().longValueExact();
            }
            case NUMBER -> {
                if (!constant.isNumber() || !Double.isFinite(constant.getDouble())) {
                    throw new Refused("not a finite number");
                }
                yield constant.getDouble();
            }
            case TIME -> time(constant);
        };
    }

    private static Object time(NodeValue constant) {
        if (!constant.isDateTime()
                || !XSDDatatype.XSDdateTime.equals(constant.asNode().getLiteralDatatype())) {
            throw new Refused("not a time");
        }
        try {
            return OffsetDateTime.parse(constant.asNode().getLiteralLexicalForm())
                    .atZoneSameInstant(ZoneOffset.UTC);
        } catch (DateTimeException e) {
            throw new Refused("not a time with a zone");
        }
    }

    /**
     * A plain text.
     *
     * @throws Refused for anything else
     */
    static String text(Expr expr) {
        if (expr instanceof NodeValue value
                && value.asNode().isLiteral()
                && XSDDatatype.XSDstring.equals(value.asNode().getLiteralDatatype())) {
            return value.asNode().getLiteralLexicalForm();
        }
        throw new Refused("not a plain text: " + expr);
    }
}

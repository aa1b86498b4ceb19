package dev.stemma.ontology.mapping;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.ZoneId;
import java.time.ZonedDateTime;
import org.apache.jena.datatypes.xsd.XSDDatatype;
import org.apache.jena.graph.Node;
import org.apache.jena.graph.NodeFactory;
import org.junit.jupiter.api.Test;

class DatatypeTest {

    @Test
    void each_value_has_one_literal_and_comes_back_from_it() {
        assertThat(Datatype.INTEGER.literal(5L).toString()).contains("5");
        assertThat(Datatype.INTEGER.value(Datatype.INTEGER.literal(5L))).contains(5L);
        assertThat(Datatype.NUMBER.value(Datatype.NUMBER.literal(0.25))).contains(0.25);
        assertThat(Datatype.FLAG.value(Datatype.FLAG.literal(true))).contains(true);
        assertThat(Datatype.TEXT.value(Datatype.TEXT.literal("größe"))).contains("größe");
    }

    @Test
    void a_time_is_written_in_utc_whatever_its_zone_and_without_needless_digits() {
        ZonedDateTime time = ZonedDateTime.of(2026, 7, 1, 12, 0, 0, 500_000_000, ZoneId.of("Europe/Berlin"));
        Node literal = Datatype.TIME.literal(time);
        assertThat(literal.getLiteralLexicalForm()).isEqualTo("2026-07-01T10:00:00.5Z");
        assertThat(Datatype.TIME.value(literal).map(value -> ((ZonedDateTime) value).toInstant()))
                .contains(time.toInstant());
        assertThat(Datatype.TIME.literal(time.withNano(0)).getLiteralLexicalForm())
                .isEqualTo("2026-07-01T10:00:00Z");
    }

    @Test
    void other_spellings_of_a_value_are_other_terms() {
        assertThat(Datatype.INTEGER.value(literal("05", XSDDatatype.XSDinteger)))
                .isEmpty();
        assertThat(Datatype.INTEGER.value(literal("5", XSDDatatype.XSDint))).isEmpty();
        assertThat(Datatype.INTEGER.value(literal("99999999999999999999", XSDDatatype.XSDinteger)))
                .isEmpty();
        assertThat(Datatype.FLAG.value(literal("1", XSDDatatype.XSDboolean))).isEmpty();
        assertThat(Datatype.TIME.value(literal("2026-07-01T12:00:00+02:00", XSDDatatype.XSDdateTime)))
                .isEmpty();
        assertThat(Datatype.TIME.value(literal("2026-07-01T12:00:00", XSDDatatype.XSDdateTime)))
                .isEmpty();
        assertThat(Datatype.TEXT.value(NodeFactory.createLiteralLang("x", "en")))
                .isEmpty();
        assertThat(Datatype.of(NodeFactory.createLiteralLang("x", "en"))).isEmpty();
    }

    private static Node literal(String lexical, XSDDatatype datatype) {
        return NodeFactory.createLiteralDT(lexical, datatype);
    }
}

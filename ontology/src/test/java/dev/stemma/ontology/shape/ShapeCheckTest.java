package dev.stemma.ontology.shape;

import static org.assertj.core.api.Assertions.assertThat;

import org.apache.jena.graph.Graph;
import org.apache.jena.riot.Lang;
import org.apache.jena.riot.RDFParser;
import org.apache.jena.sparql.graph.GraphFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ShapeCheckTest {

    private static final String DIGEST = "0123456789abcdef".repeat(4);

    private static final String GOOD = """
            @prefix : <https://stemma.dev/ns#> .
            @prefix prov: <http://www.w3.org/ns/prov#> .
            @prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
            <i:child> a :Image, prov:Entity ; :id "img-1" ; :name "web" ; :location "/images/web.qcow2" ;
                :state "ACTIVE" ; :virtualBytes 10 ; :derivedFrom <i:parent> ; :qualifiedDerivation <i:d> ;
                :currentInventory <i:v> ; :storedIn <i:r> .
            <i:parent> a :Image, prov:Entity ; :id "img-2" ; :name "base" ; :location "/images/base.raw" .
            <i:d> a :Derivation ; :refersTo <i:parent> ; :derivationKind "backing-file" ; :basis "OBSERVED" .
            <i:r> a :Repository ; :id "rep" ; :kind "OPERATIONAL" .
            <i:v> a :Inventory, prov:Entity ; :id "DIGEST" ; :level "full" ; :sequence 1 ; :manifest "DIGEST" ;
                :hasPackages <i:g> .
            <i:g> a :PackageGroup ; :id "group" ; :installs <i:p> .
            <i:p> a :PackageVersion ; :purl "pkg:deb/debian/bash@5" ; :version "5" ; :versionOf <i:q> .
            <i:q> a :Package ; :name "bash" ; :ecosystem "deb" .
            <i:a> a :Activity, prov:Activity ; :id "act" ; :kind "index" ; :used <i:child> ;
                :startedAt "2026-01-01T00:00:00Z"^^xsd:dateTime ; :endedAt "2026-01-01T00:00:01Z"^^xsd:dateTime .
            <i:f> a :File ; :id "DIGEST" ; :sizeBytes 0 .
            <i:e> a :Entry ; :entryName "x" ; :mode 420 ; :uid 0 ; :gid 0 ; :refersTo <i:f> .
            <i:o> a :Observation ; :code "journal-not-replayed" ; :severity "PARTIAL" ; :message "m" .
            """.replace("DIGEST", DIGEST);

    private final ShapeCheck check = new ShapeCheck();

    @Test
    void a_right_graph_conforms() {
        assertThat(check.check(graph(GOOD)).violations()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                ":id \"img-1\" ; | | i:child | MinCountConstraintComponent",
                ":state \"ACTIVE\" | :state \"GONE\" | i:child | InConstraintComponent",
                ":virtualBytes 10 | :virtualBytes -1 | i:child | MinInclusiveConstraintComponent",
                ":virtualBytes 10 | :virtualBytes \"10\" | i:child | DatatypeConstraintComponent",
                ":currentInventory <i:v> | :currentInventory <i:v>, <i:w> | i:child | MaxCountConstraintComponent",
                ":derivedFrom <i:parent> | :derivedFrom <i:r> | i:child | ClassConstraintComponent",
                ":basis \"OBSERVED\" | :basis \"GUESSED\" | i:d | InConstraintComponent",
                ":basis \"OBSERVED\" | :basis \"OBSERVED\" ; :confidence 0.5e0 | i:d | OrConstraintComponent",
                ":basis \"OBSERVED\" | :basis \"INFERRED\" ; :confidence 1.5e0 | i:d | MaxInclusiveConstraintComponent",
                ":refersTo <i:parent> ; :derivationKind | :refersTo <i:child> ; :derivationKind | i:d | DisjointConstraintComponent",
                "\"2026-01-01T00:00:01Z\" | \"2025-01-01T00:00:01Z\" | i:a | LessThanOrEqualsConstraintComponent",
                "\"pkg:deb | \"deb | i:p | PatternConstraintComponent",
                ":manifest | :other | i:v | OrConstraintComponent",
                ":entryName \"x\" | :entryName \"x/y\" | i:e | PatternConstraintComponent",
                ":mode 420 | :mode 99999 | i:e | MaxInclusiveConstraintComponent",
                ":severity \"PARTIAL\" | :severity \"PARTIAL\", \"NOTE\" | i:o | MaxCountConstraintComponent",
                ":sizeBytes 0 | :sizeBytes -5 | i:f | MinInclusiveConstraintComponent",
            })
    void what_is_broken_is_named(String right, String broken, String focus, String constraint) {
        String text = GOOD.replace(right, broken == null ? "" : broken);
        assertThat(text).isNotEqualTo(GOOD);
        ShapeReport report = check.check(graph(text));
        assertThat(report.conforms()).isFalse();
        assertThat(report.violations()).anySatisfy(violation -> {
            assertThat(violation.focus()).isEqualTo(focus);
            assertThat(violation.constraint()).isEqualTo(constraint);
            assertThat(violation.message()).isNotBlank();
        });
    }

    private static Graph graph(String turtle) {
        Graph graph = GraphFactory.createDefaultGraph();
        RDFParser.fromString(turtle, Lang.TURTLE).parse(graph);
        return graph;
    }
}

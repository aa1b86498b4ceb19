package dev.stemma.queries.lineage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stemma.graph.model.Basis;
import dev.stemma.queries.RandomGuests;
import dev.stemma.queries.problem.QueryProblem;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.StringReader;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeSet;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilderFactory;
import org.jgrapht.graph.DefaultEdge;
import org.jgrapht.graph.DirectedMultigraph;
import org.jgrapht.nio.Attribute;
import org.jgrapht.nio.dot.DOTImporter;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/** Drawings are read back by parsers that others wrote: JGraphT's of the DOT language, the platform's of XML. */
final class FamilyDrawingTest {

    private static final List<String> HOSTILE = List.of(
            "\" ]; evil [label=\"",
            "back\\slash\\",
            "\\\"",
            "</text><script>alert(1)</script>",
            "&lt;b&gt; & co",
            "]]>",
            "new\nline\r\ttab",
            "nul\0bell\u0007",
            "half \ud800 and \udfff",
            "right\u202eto left",
            "\\N\\G\\L",
            "ünïcödé 名前 🐧",
            "\ufffe\uffff",
            "{a|b} <port>");

    static Relative relative(String id, String name, int distance, Optional<Place> place, List<Warning> warnings) {
        return new Relative(
                id,
                name,
                "/lab/" + name,
                Optional.of("raw"),
                Optional.of("ACTIVE"),
                Optional.of(Instant.EPOCH),
                Optional.empty(),
                distance,
                place,
                Optional.of("OPERATIONAL"),
                List.of(new DeployedMachine(
                        "mac-" + id,
                        name,
                        Optional.of("VIRTUAL"),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.of("web:1.2.7"))),
                warnings);
    }

    private static Derivation derivation(String child, String parent, String kind, Basis basis) {
        return new Derivation(
                child,
                parent,
                kind,
                basis,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }

    private static FamilyView hostile() {
        List<Relative> relatives = new ArrayList<>();
        List<Derivation> derivations = new ArrayList<>();
        for (int i = 0; i < HOSTILE.size(); i++) {
            Warning warning = new Warning(
                    Warning.Kind.REVOKED_ANCESTOR, "img-0", HOSTILE.get(i), Optional.empty(), Optional.empty());
            relatives.add(relative("img-" + i, HOSTILE.get(i), i, Optional.empty(), List.of(warning)));
            if (i > 0) {
                derivations.add(derivation("img-" + i, "img-" + (i - 1) / 2, HOSTILE.get(i), Basis.values()[i % 3]));
            }
        }
        return new FamilyView("img-0", relatives, derivations, false, false, Optional.empty());
    }

    private static String dot(FamilyView family) throws IOException {
        StringBuilder text = new StringBuilder();
        FamilyDot.write(family, text);
        return text.toString();
    }

    private static Document svg(FamilyView family) throws Exception {
        StringWriter text = new StringWriter();
        FamilySvg.write(family, text);
        DocumentBuilderFactory factory = DocumentBuilderFactory.newDefaultNSInstance();
        factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
        return factory.newDocumentBuilder()
                .parse(new ByteArrayInputStream(text.toString().getBytes(StandardCharsets.UTF_8)));
    }

    /** Vertices with their attributes, and edges as pairs of vertices. */
    private record Parsed(Map<String, Map<String, String>> vertices, List<String> edges) {
        static Parsed of(String dot) {
            Map<String, Map<String, String>> vertices = new HashMap<>();
            DirectedMultigraph<String, DefaultEdge> graph = new DirectedMultigraph<>(DefaultEdge.class);
            DOTImporter<String, DefaultEdge> importer = new DOTImporter<>();
            importer.setVertexWithAttributesFactory((String id, Map<String, Attribute> attributes) -> {
                Map<String, String> values = new HashMap<>();
                // The parser hands on an identifier of its own as well, without a value.
                attributes.forEach((name, value) ->
                        Optional.ofNullable(value).ifPresent(each -> values.put(name, each.getValue())));
                vertices.put(id, values);
                return id;
            });
            importer.importGraph(graph, new StringReader(dot));
            return new Parsed(
                    vertices,
                    graph.edgeSet().stream()
                            .map(edge -> graph.getEdgeSource(edge) + " " + graph.getEdgeTarget(edge))
                            .toList());
        }
    }

    @Test
    void dotIsWhatAnotherParserReads() throws IOException {
        FamilyView family = hostile();
        Parsed parsed = Parsed.of(dot(family));
        assertThat(parsed.vertices()).as("images, and a machine each").hasSize(2 * HOSTILE.size());
        assertThat(parsed.vertices().keySet()).allMatch(name -> name.matches("n\\d+"));
        for (int i = 1; i < HOSTILE.size(); i++) {
            assertThat(parsed.edges())
                    .contains("n" + 2 * ((i - 1) / 2) + " n" + 2 * i, "n" + 2 * i + " n" + (2 * i + 1));
        }
        assertThat(parsed.edges()).hasSize(2 * HOSTILE.size() - 1);
        assertThat(parsed.vertices().getOrDefault("n22", Map.of()).get("label")).contains("ünïcödé 名前 🐧");
        assertThat(parsed.vertices().getOrDefault("n0", Map.of()).get("label")).contains("\" ]; evil [label=\"");
    }

    @Test
    void svgHoldsEachNameAsTextAndNothingElse() throws Exception {
        Document svg = svg(hostile());
        TreeSet<String> elements = new TreeSet<>();
        NodeList all = svg.getElementsByTagName("*");
        for (int i = 0; i < all.getLength(); i++) {
            elements.add(all.item(i).getNodeName());
        }
        assertThat(elements).containsExactly("path", "rect", "style", "svg", "text", "title");
        List<String> titles = new ArrayList<>();
        NodeList texts = svg.getElementsByTagName("text");
        for (int i = 0; i < texts.getLength(); i++) {
            Element text = (Element) texts.item(i);
            if (text.getAttribute("class").equals("title")) {
                titles.add(text.getTextContent());
            }
        }
        assertThat(titles)
                .contains("ünïcödé 名前 🐧", "</text><script>alert(1)</sc…", "&lt;b&gt; & co", "right\ufffdto left")
                .noneMatch(title -> title.chars().anyMatch(c -> c < ' '));
        String everything = svg.getDocumentElement().getTextContent();
        assertThat(everything).doesNotContain("\u202e").doesNotContain("\0");
    }

    @Test
    void boxesNeverOverlapAndLinesLeadFromLeftToRight() throws Exception {
        Random random = RandomGuests.seeded();
        for (int round = 0; round < 20; round++) {
            int count = 2 + random.nextInt(60);
            List<Relative> relatives = new ArrayList<>();
            List<Derivation> derivations = new ArrayList<>();
            boolean circles = round % 4 == 3;
            for (int i = 0; i < count; i++) {
                relatives.add(relative("img-" + i, "image-" + i, i, Optional.empty(), List.of()));
                for (int k = random.nextInt(3); k > 0; k--) {
                    int parent = circles ? random.nextInt(count) : random.nextInt(Math.max(1, i));
                    if (parent != i) {
                        derivations.add(derivation("img-" + i, "img-" + parent, "copy" + k, Basis.RECORDED));
                    }
                }
            }
            FamilyView family =
                    new FamilyView("img-0", relatives, derivations, true, circles, Optional.of(Instant.EPOCH));
            FamilyLayout layout = new FamilyLayout(family);
            assertThat(layout.lines()).hasSameSizeAs(derivations);
            for (FamilyLayout.Line line : layout.lines()) {
                assertThat(line.backward() && !circles).isFalse();
                for (int i = 1; i < line.through().size(); i++) {
                    assertThat(line.through().get(i).layer)
                            .isEqualTo(line.through().get(i - 1).layer + 1);
                }
            }
            Document svg = svg(family);
            NodeList inner = svg.getDocumentElement().getElementsByTagName("svg");
            assertThat(inner.getLength()).isEqualTo(2 * count);
            double[][] boxes = new double[2 * count][];
            for (int i = 0; i < 2 * count; i++) {
                Element box = (Element) inner.item(i);
                boxes[i] =
                        new double[] {number(box, "x"), number(box, "y"), number(box, "width"), number(box, "height")};
                assertThat(boxes[i][1]).isNotNegative();
                assertThat(boxes[i][0] + boxes[i][2]).isLessThanOrEqualTo(number(svg.getDocumentElement(), "width"));
                assertThat(boxes[i][1] + boxes[i][3]).isLessThanOrEqualTo(number(svg.getDocumentElement(), "height"));
                for (int k = 0; k < i; k++) {
                    boolean apart = boxes[i][0] + boxes[i][2] <= boxes[k][0]
                            || boxes[k][0] + boxes[k][2] <= boxes[i][0]
                            || boxes[i][1] + boxes[i][3] <= boxes[k][1]
                            || boxes[k][1] + boxes[k][3] <= boxes[i][1];
                    assertThat(apart).as("boxes %d and %d", i, k).isTrue();
                }
            }
            assertThat(Parsed.of(dot(family)).edges()).hasSize(derivations.size() + count);
        }
    }

    private static double number(Element element, String attribute) {
        return Double.parseDouble(element.getAttribute(attribute));
    }

    @Test
    void whatNobodyCouldLookAtIsRefused() {
        List<Relative> relatives = new ArrayList<>();
        for (int i = 0; i <= FamilyLayout.MAX_IMAGES; i++) {
            relatives.add(relative("img-" + i, "image-" + i, 0, Optional.empty(), List.of()));
        }
        FamilyView family = new FamilyView("img-0", relatives, List.of(), true, false, Optional.empty());
        assertThatThrownBy(() -> dot(family)).isInstanceOf(QueryProblem.class).hasMessageContaining("too many");
        assertThatThrownBy(() -> FamilySvg.write(family, new StringWriter())).isInstanceOf(QueryProblem.class);
    }
}

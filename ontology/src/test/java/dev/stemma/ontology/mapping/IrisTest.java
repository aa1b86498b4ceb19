package dev.stemma.ontology.mapping;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class IrisTest {

    private static final long SEED = Long.getLong("stemma.seed", 20_261_128L);

    private final Iris iris = Mapping.STEMMA.iris();

    @Test
    void an_iri_tells_the_label_and_the_id() {
        var node = new Individual.OfNode("PackageVersion", "pkg:deb/debian/bash@5.2?arch=amd64");
        assertThat(iris.iri(node))
                .isEqualTo("https://stemma.dev/id/package-version/pkg%3Adeb%2Fdebian%2Fbash%405.2%3Farch%3Damd64");
        assertThat(iris.parse(iris.iri(node))).contains(node);
    }

    @Test
    void a_relationship_is_named_by_its_start_and_what_tells_it_apart() {
        var derivation = new Individual.OfRelationship(
                "DERIVED_FROM", new Individual.OfNode("Image", "img-1"), List.of("img-2", "copy", ""));
        assertThat(iris.iri(derivation)).isEqualTo("https://stemma.dev/id/derivation/image/img-1/img-2/copy/");
        assertThat(iris.parse(iris.iri(derivation))).contains(derivation);
    }

    @Test
    void any_id_comes_back_as_it_was() {
        Random random = new Random(SEED);
        for (int i = 0; i < 2_000; i++) {
            String key = random.ints(random.nextInt(12), 0, 0x11000)
                    .filter(c -> c < Character.MIN_SURROGATE || c > Character.MAX_SURROGATE)
                    .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                    .toString();
            var node = new Individual.OfNode("Image", key);
            assertThat(iris.parse(iris.iri(node))).as("seed %d", SEED).contains(node);
            var entry = new Individual.OfRelationship("ENTRY", new Individual.OfNode("Directory", "d"), List.of(key));
            assertThat(iris.parse(iris.iri(entry))).as("seed %d", SEED).contains(entry);
        }
    }

    @Test
    void other_spellings_and_foreign_iris_name_nothing() {
        assertThat(List.of(
                        "http://elsewhere/image/1",
                        "https://stemma.dev/id/image",
                        "https://stemma.dev/id/nothing/1",
                        "https://stemma.dev/id/image/%69mg-1",
                        "https://stemma.dev/id/image/%3a",
                        "https://stemma.dev/id/image/%ff",
                        "https://stemma.dev/id/image/%4",
                        "https://stemma.dev/id/image/a b",
                        "https://stemma.dev/id/image/1/2",
                        "https://stemma.dev/id/derivation/file/1/2/copy/",
                        "https://stemma.dev/id/derivation/image/1/2",
                        "https://stemma.dev/id/image/" + "a".repeat(20_000)))
                .allSatisfy(iri -> assertThat(iris.parse(iri)).isEmpty());
    }
}

package dev.stemma.graph.id;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReferenceTest {

    @Test
    void eachFormIsReadAsWhatItIs() {
        String id = "img-0123456789abcdef0123";
        Map.of(
                        id,
                        new Reference.Id(id),
                        "img-0123",
                        new Reference.IdPrefix("img-0123"),
                        "sha256:9F00aa",
                        new Reference.DigestPrefix("9f00aa"),
                        "web:1.2",
                        new Reference.Version("web:1.2", "web", "1.2"),
                        "a:b:10",
                        new Reference.Version("a:b:10", "a:b", "10"),
                        "web",
                        new Reference.Name("web"),
                        "web:latest",
                        new Reference.Channel("web:latest", "web", "latest"),
                        "img-web",
                        new Reference.Name("img-web"),
                        "img-01",
                        new Reference.Name("img-01"),
                        "  spaced out ",
                        new Reference.Name("spaced out"))
                .forEach((typed, reference) ->
                        assertThat(Reference.parse(typed)).as(typed).isEqualTo(reference));
    }

    @Test
    void versionsAndBranchesAreToldApart() {
        assertThat(new Reference.Version("web:2", "web", "2").number()).isEqualTo("1.2");
        assertThat(new Reference.Version("web:1.2", "web", "1.2").number()).isEqualTo("1.2");
        assertThat(new Reference.Version("web:1.2", "web", "1.2").branch()).isEmpty();
        assertThat(new Reference.Version("web:1.2.13", "web", "1.2.13").number())
                .isEqualTo("1.2");
        assertThat(new Reference.Version("web:1.2.13", "web", "1.2.13").branch())
                .contains(13L);
        assertThat(Reference.parse("a name: of 2 parts")).isInstanceOf(Reference.Name.class);
    }

    @Test
    void aNameOfHexadecimalDigitsMayAlsoBeADigest() {
        assertThat(new Reference.Name("cafe").mayBeDigestPrefix()).isTrue();
        assertThat(new Reference.Name("caf").mayBeDigestPrefix()).isFalse();
        assertThat(new Reference.Name("coffee").mayBeDigestPrefix()).isFalse();
        assertThat(new Reference.Name("a".repeat(65)).mayBeDigestPrefix()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "   ", "sha256:", "sha256:abc", "sha256:xyzxyz"})
    void whatMeansNothingIsRefused(String typed) {
        assertThatThrownBy(() -> Reference.parse(typed)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Reference.parse("x".repeat(Reference.MAX_LENGTH + 1)))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void anImagesIdFollowsFromItsLocationAlone() {
        assertThat(ImageId.of("/images/web.qcow2"))
                .matches("img-[0-9a-f]{20}")
                .isEqualTo(ImageId.of("/images/web.qcow2"))
                .isNotEqualTo(ImageId.of("/images/web2.qcow2"));
        assertThat(Reference.parse(ImageId.of("/x"))).isInstanceOf(Reference.Id.class);
    }
}

package dev.stemma.api.sparql;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class AcceptedTest {

    @Test
    void theMostWantedComesFirstAndTheUnwantedNotAtAll() {
        List<Accepted> types = Accepted.types(
                List.of("text/csv;q=0.5, text/turtle;q=0, application/sparql-results+json", "application/*;q=0.7"));
        assertThat(types)
                .extracting(Accepted::range)
                .containsExactly("application/sparql-results+json", "application/*", "text/csv");
    }

    @Test
    void rangesCoverWhatTheySay() {
        assertThat(new Accepted("text/*", 1).covers("text/csv")).isTrue();
        assertThat(new Accepted("text/*", 1).covers("application/json")).isFalse();
        assertThat(new Accepted("*/*", 1).covers("application/json")).isTrue();
        assertThat(new Accepted("text/csv", 1).covers("text/csv")).isTrue();
    }

    @Test
    void nothingAskedForIsNothingListed() {
        assertThat(Accepted.types(List.of())).isEmpty();
        assertThat(Accepted.types(List.of(" , "))).isEmpty();
    }
}

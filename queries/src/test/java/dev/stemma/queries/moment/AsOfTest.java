package dev.stemma.queries.moment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stemma.queries.problem.QueryProblem;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class AsOfTest {

    @ParameterizedTest
    @CsvSource({
        "2026-11-01, 2026-11-01T00:00:00Z",
        "' 2026-11-01 ', 2026-11-01T00:00:00Z",
        "2026-11-01T12:30, 2026-11-01T12:30:00Z",
        "2026-11-01T12:30:15, 2026-11-01T12:30:15Z",
        "2026-11-01T12:30:15.25Z, 2026-11-01T12:30:15.250Z",
        "2026-11-01T12:30+02:00, 2026-11-01T10:30:00Z",
        "2024-02-29T00:30:00+01:00, 2024-02-28T23:30:00Z"
    })
    void datesAndTimesAreReadInUtcUnlessTheySayOtherwise(String typed, Instant expected) {
        assertThat(AsOf.parse(typed).instant()).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "yesterday",
                "2026-13-01",
                "2026-02-30",
                "01.11.2026",
                "2026-11-01T25:00",
                "2026-11-01T12:30 CET",
                "+12026-11-01",
                "2026-11",
                "1767225600"
            })
    void allElseIsRefused(String typed) {
        assertThatThrownBy(() -> AsOf.parse(typed))
                .isInstanceOfSatisfying(QueryProblem.class, problem -> assertThat(problem.code())
                        .isEqualTo(QueryProblem.Code.INVALID));
    }

    @Test
    void aTextThatIsTooLongIsNotRepeated() {
        assertThatThrownBy(() -> AsOf.parse("2".repeat(5_000)))
                .isInstanceOf(QueryProblem.class)
                .satisfies(problem -> assertThat(problem.getMessage()).hasSizeLessThan(250));
    }
}

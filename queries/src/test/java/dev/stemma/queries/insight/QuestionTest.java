package dev.stemma.queries.insight;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stemma.queries.problem.QueryProblem;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class QuestionTest {

    private static final String TEXT = """
            // Question: Who has it?
            // Parameter name (text): what they have
            // Parameter days (number, 30): for how long
            // Parameter also (list, ): and what else
            // This line is for people.
            MATCH (n {name: $name}) WHERE n.days < $days AND n.also IN $also
            RETURN n
            """;

    @Test
    void theHeadSaysWhatIsWanted() {
        Question question = Question.parse("who", TEXT);
        assertThat(question.title()).isEqualTo("Who has it?");
        assertThat(question.parameters())
                .containsExactly(
                        new Parameter("name", Parameter.Kind.TEXT, Optional.empty(), "what they have"),
                        new Parameter("days", Parameter.Kind.NUMBER, Optional.of("30"), "for how long"),
                        new Parameter("also", Parameter.Kind.LIST, Optional.of(""), "and what else"));
        assertThat(question.cypher()).startsWith("MATCH").endsWith("RETURN n");
    }

    @Test
    void whatIsSaidBecomesValues() {
        Question question = Question.parse("who", TEXT);
        assertThat(question.values(Map.of("name", "x", "also", "a, b,")))
                .isEqualTo(Map.of("name", "x", "days", 30L, "also", List.of("a", "b")));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "days=30|wants to be told name: what they have",
                "name=x;days=soon|the parameter days is a whole number, not \"soon\"",
                "name=x;dayz=3|has no parameter dayz; it has [name, days, also]",
            })
    void whatDoesNotFitIsRefused(String said, String message) {
        Map<String, String> given = new java.util.HashMap<>();
        for (String one : said.split(";")) {
            given.put(one.split("=")[0], one.split("=")[1]);
        }
        assertThatThrownBy(() -> Question.parse("who", TEXT).values(given))
                .isInstanceOf(QueryProblem.class)
                .hasMessageContaining(message);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "RETURN 1|question who, line 1: the first line is // Question:",
                "// Question: a?\\n// Parameter x (word): y\\nRETURN $x|line 2: a parameter is written",
                "// Question: a?\\nRETURN $x|names the parameters [], each once, and its query uses [x]",
                "// Question: a?\\n// Parameter x (text): y\\nRETURN 1|names the parameters [x], each once, and its query uses []",
            })
    void aHeadThatIsWrongIsToldWithItsLine(String text, String message) {
        assertThatThrownBy(() -> Question.parse("who", text.replace("\\n", "\n")))
                .isInstanceOf(QueryProblem.class)
                .hasMessageContaining(message);
    }
}

package dev.stemma.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Every code that an answer may carry stands in the reference with its meaning and remedy, and no other does. */
class ProblemCodesTest {

    private static final String PAGE = "docs/reference/problems.adoc";

    /** Where a problem or an observation is made: the code is the first text. */
    private static final Pattern MADE = Pattern.compile(
            "\\b(?:Corrupt|Unsupported|Unreadable|OverBudget|NotAllowed|Observation|note|broken|observation)\\("
                    + "\\s*(?:\\w+(?:\\(\\))?,\\s*)?\"([a-z]+(?:-[a-z]+)*)\"");

    /** The service's own codes are the names of an enum. */
    private static final Pattern ENUM = Pattern.compile("^    ([A-Z][A-Z_]+)\\(\\d{3}, ", Pattern.MULTILINE);

    private static final Pattern ROW = Pattern.compile("^\\| `([a-z-]+)`", Pattern.MULTILINE);

    @Test
    void everyCodeThatIsMadeIsExplained() {
        TreeSet<String> made = made();
        assertThat(made).hasSizeGreaterThan(50).contains("backing-forbidden", "in-use", "host-not-allowed");
        TreeSet<String> missing = new TreeSet<>(made);
        missing.removeAll(explained());
        assertThat(missing).as("codes that " + PAGE + " does not explain").isEmpty();
    }

    @Test
    void nothingIsExplainedThatDoesNotExist() {
        String sources = sources("ingest/src/main/java");
        TreeSet<String> unknown = explained();
        unknown.removeAll(made());
        unknown.removeIf(code -> sources.contains("\"" + code + "\""));
        assertThat(unknown).as("codes of " + PAGE + " that no source has").isEmpty();
    }

    @Test
    void everyRowSaysWhatItMeansAndWhatToDo() {
        for (String line : Repository.text(PAGE).lines().toList()) {
            if (ROW.matcher(line).find()) {
                String[] cells = line.split(" \\| ", -1);
                assertThat(cells).as(line).hasSize(3).allMatch(cell -> !cell.isBlank());
            }
        }
    }

    private static TreeSet<String> made() {
        TreeSet<String> made = found(MADE, sources("ingest/src/main/java"));
        found(ENUM, Repository.text("api/src/main/java/dev/stemma/api/problem/ProblemCode.java"))
                .forEach(
                        name -> made.add(name.toLowerCase(java.util.Locale.ROOT).replace('_', '-')));
        return made;
    }

    private static TreeSet<String> explained() {
        return found(ROW, Repository.text(PAGE));
    }

    private static String sources(String below) {
        StringBuilder text = new StringBuilder();
        for (var file : Repository.files(below, ".java")) {
            text.append(Repository.text(Repository.path("").relativize(file).toString()));
        }
        return text.toString();
    }

    private static TreeSet<String> found(Pattern pattern, String text) {
        TreeSet<String> found = new TreeSet<>();
        Matcher matcher = pattern.matcher(text);
        while (matcher.find()) {
            found.add(matcher.group(1));
        }
        return found;
    }
}

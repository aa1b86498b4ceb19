package dev.stemma.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** One word for one thing: what the graph and GraphQL call a thing stands in the glossary. */
class GlossaryTest {

    private static final Pattern TERM = Pattern.compile("^([A-Z][A-Za-z ]*)::", Pattern.MULTILINE);
    private static final Pattern LABEL = Pattern.compile("\\(:([A-Z][A-Za-z]+)");
    private static final Pattern GRAPHQL_TYPE = Pattern.compile("^type ([A-Z][A-Za-z]+)", Pattern.MULTILINE);

    @Test
    void everyLabelOfTheGraphIsExplained() {
        assertThat(glossary()).containsAll(words(LABEL, Repository.text("docs/reference/graph-schema.adoc")));
    }

    @Test
    void everyNounOfTheGraphqlSchemaIsExplained() {
        TreeSet<String> types = new TreeSet<>();
        for (var file : Repository.files("api/src/main/resources", ".graphqls")) {
            types.addAll(words(
                    GRAPHQL_TYPE,
                    Repository.text(Repository.path("").relativize(file).toString())));
        }
        types.removeIf(type -> type.equals("Query") || type.endsWith("Page"));
        assertThat(types).isNotEmpty();
        assertThat(glossary()).containsAll(types);
    }

    private static TreeSet<String> glossary() {
        TreeSet<String> terms = words(TERM, Repository.text("docs/glossary.adoc"));
        TreeSet<String> joined = new TreeSet<>(terms);
        terms.forEach(term -> joined.add(term.replace(" ", "")));
        return joined;
    }

    private static TreeSet<String> words(Pattern pattern, String text) {
        TreeSet<String> found = new TreeSet<>();
        Matcher matcher = pattern.matcher(text);
        while (matcher.find()) {
            found.add(matcher.group(1));
        }
        return found;
    }
}

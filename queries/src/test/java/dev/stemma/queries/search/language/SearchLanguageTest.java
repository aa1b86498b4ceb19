package dev.stemma.queries.search.language;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.stemma.queries.RandomGuests;
import dev.stemma.queries.moment.AsOf;
import dev.stemma.queries.problem.QueryProblem;
import dev.stemma.queries.search.Condition;
import dev.stemma.queries.search.ConfigurationTerm;
import dev.stemma.queries.search.FileTerm;
import dev.stemma.queries.search.ImageQuery;
import dev.stemma.queries.search.KeywordField;
import dev.stemma.queries.search.PackageTerm;
import dev.stemma.queries.search.TextField;
import dev.stemma.queries.search.TextTerm;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class SearchLanguageTest {

    private static Condition parsed(String text) {
        return SearchLanguage.parse(text).condition();
    }

    private static Condition all(Condition... parts) {
        return new Condition.All(List.of(parts));
    }

    private static Condition any(Condition... parts) {
        return new Condition.Any(List.of(parts));
    }

    private static Condition not(Condition part) {
        return new Condition.Not(part);
    }

    private static Condition software(String term) {
        return new Condition.Software(PackageTerm.parse(term));
    }

    private static Condition word(String word) {
        return new Condition.Text(TextField.ANYWHERE, new TextTerm.Words(word));
    }

    private static Condition modified(String from, String until) {
        return new Condition.Modified(
                from.isEmpty() ? Optional.empty() : Optional.of(Instant.parse(from)),
                until.isEmpty() ? Optional.empty() : Optional.of(Instant.parse(until)));
    }

    @Test
    void theExampleOfTheGuideIsRead() {
        assertThat(
                        parsed(
                                "os:debian software:(nginx AND NOT apache2) openssl<3.0.11 file:/etc/ssh/*.conf"
                                        + " text:\"PermitRootLogin yes\" modified>2026-01-01 role:web-server state:active kind:image arch:arm64"))
                .isEqualTo(all(
                        new Condition.Text(TextField.OS, new TextTerm.Words("debian")),
                        all(software("nginx"), not(software("apache2"))),
                        software("openssl<3.0.11"),
                        new Condition.Holds(FileTerm.parse("/etc/ssh/*.conf")),
                        new Condition.Configuration(new ConfigurationTerm(List.of("permitrootlogin", "yes"), false)),
                        modified("2026-01-02T00:00:00Z", ""),
                        new Condition.Keyword(KeywordField.ROLE, "web-server"),
                        new Condition.Keyword(KeywordField.STATE, "active"),
                        new Condition.Keyword(KeywordField.KIND, "image"),
                        new Condition.Keyword(KeywordField.ARCHITECTURE, "arm64")));
    }

    @Test
    void notBindsBeforeAndBeforeOr() {
        assertThat(parsed("a b OR NOT c d")).isEqualTo(any(all(word("a"), word("b")), all(not(word("c")), word("d"))));
        assertThat(parsed("a AND (b OR c)")).isEqualTo(all(word("a"), any(word("b"), word("c"))));
        assertThat(parsed("-a NOT NOT b")).isEqualTo(all(not(word("a")), not(not(word("b")))));
        assertThat(parsed("")).isEqualTo(all());
        assertThat(parsed("web-1 and OREGON")).isEqualTo(all(word("web-1"), word("and"), word("OREGON")));
    }

    @Test
    void valuesAreWordsPhrasesPatternsAndExpressions() {
        assertThat(parsed("name:/^web-(a|b)\\/[0-9]+$/"))
                .isEqualTo(new Condition.Text(TextField.NAME, new TextTerm.Regex("^web-(a|b)/[0-9]+$")));
        assertThat(parsed("name:/\\d+/")).isEqualTo(new Condition.Text(TextField.NAME, new TextTerm.Regex("\\d+")));
        assertThat(parsed("DESCRIPTION:\"say \\\"no\\\"\""))
                .isEqualTo(new Condition.Text(TextField.DESCRIPTION, new TextTerm.Phrase("say \"no\"")));
        assertThat(parsed("web*")).isEqualTo(new Condition.Text(TextField.ANYWHERE, new TextTerm.Glob("web*")));
        assertThat(parsed("package:php*-fpm")).isEqualTo(new Condition.SoftwareNamed(new TextTerm.Glob("php*-fpm")));
        assertThat(parsed("software:libc6:amd64>=2.36")).isEqualTo(software("libc6:amd64>=2.36"));
        assertThat(parsed("libc6:amd64>=2.36")).isEqualTo(software("libc6:amd64>=2.36"));
        assertThat(parsed("software:\"bash (<< 5.2)\"")).isEqualTo(software("bash<5.2"));
        assertThat(parsed("file:a\\ b\\(1\\)")).isEqualTo(new Condition.Holds(new FileTerm.Name("a b(1)")));
        assertThat(parsed("file:a\\x41")).isEqualTo(new Condition.Holds(new FileTerm.Name("a\\x41")));
        assertThat(parsed("sha256:0123abcd")).isEqualTo(parsed("file:sha256:0123ABCD"));
        assertThat(parsed("text:listen*"))
                .isEqualTo(new Condition.Configuration(new ConfigurationTerm(List.of("listen"), true)));
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                "modified>2026-01-01,2026-01-02T00:00:00Z,''",
                "modified>=2026-01-01,2026-01-01T00:00:00Z,''",
                "modified<2026-01-01,'',2026-01-01T00:00:00Z",
                "modified<=2026-01-01,'',2026-01-02T00:00:00Z",
                "modified:2026-01-01,2026-01-01T00:00:00Z,2026-01-02T00:00:00Z",
                "modified=2026-01-01,2026-01-01T00:00:00Z,2026-01-02T00:00:00Z",
                "modified:>2026-01-01T12:00Z,2026-01-01T12:00:00.000000001Z,''",
                "modified:2026-01-01..2026-01-31,2026-01-01T00:00:00Z,2026-02-01T00:00:00Z",
                "modified:2026-01-01..,2026-01-01T00:00:00Z,''",
                "modified:*..2026-01-31,'',2026-02-01T00:00:00Z"
            })
    void datesAreWholeDays(String text, String from, String until) {
        assertThat(parsed(text)).isEqualTo(modified(from, until));
    }

    @Test
    void aMomentIsForTheWholeSearch() {
        ImageQuery query = SearchLanguage.parse("os:debian at:2026-01-01");
        assertThat(query.at()).contains(AsOf.parse("2026-01-01"));
        assertThat(query.condition()).isEqualTo(all(parsed("os:debian"), all()));
    }

    @ParameterizedTest
    @CsvSource({
        "softwre:nginx,1,did you mean software?",
        "colour:red,1,there is no field colour. A text",
        "a b stat:active,5,did you mean state?",
        "state:activ,7,did you mean active?",
        "(a OR b,1,not closed",
        "a),2,closes nothing",
        "a (),4,missing before",
        "a OR,5,missing at the end",
        "OR a,1,between two conditions",
        "a AND AND b,7,between two conditions",
        "name:,6,needs a value",
        "name:/(a/,6,a ( is not closed",
        "\"abc,1,not closed",
        "/etc/passwd,1,file:/path",
        "openssl >= 3,9,without spaces",
        "file:a/b,6,a path starts with",
        "sha256:xyz,8,hexadecimal",
        "modified>soon,9,not a date",
        "at:2026-01-01 OR a,4,outside of OR",
        "NOT at:2026-01-01,8,outside of OR",
        "at:2026-01-01 at:2026-01-02,18,once",
        "text:/x/,6,no regular expression",
        "text:---,6,words of letters",
        "name:\"\",6,nothing in it"
    })
    void aProblemNamesItsPlaceAndWhatToDo(String text, int position, String hint) {
        QueryProblem problem = catchThrowableOfType(
                QueryProblem.class, () -> SearchLanguage.parse(text).needsInventory());
        assertThat(problem).as(text).isNotNull();
        assertThat(problem.getMessage()).contains(hint);
        assertThat(problem.position()).contains(position);
    }

    @Test
    void lengthDepthAndCountAreBounded() {
        assertThatThrownBy(() -> SearchLanguage.parse("a".repeat(4_001))).isInstanceOf(QueryProblem.class);
        assertThatThrownBy(() -> SearchLanguage.parse("(".repeat(4_000))).hasMessageContaining("nests");
        assertThatThrownBy(() -> SearchLanguage.parse("NOT ".repeat(900) + "a")).hasMessageContaining("nests");
        assertThatThrownBy(() -> SearchLanguage.parse("a ".repeat(201))).hasMessageContaining("200");
        assertThat(parsed("(".repeat(20) + "a" + ")".repeat(20))).isEqualTo(word("a"));
    }

    @Test
    void whateverIsTypedIsReadOrRefused() {
        Random random = RandomGuests.seeded();
        String letters = "aOR ND(:)\"/\\*-<>=.nameos2026T\u00e4\ud83d\ude00[]{}|^$";
        for (int round = 0; round < 20_000; round++) {
            StringBuilder text = new StringBuilder();
            for (int i = random.nextInt(24); i >= 0; i--) {
                text.append(
                        random.nextInt(6) == 0
                                ? List.of(" AND ", " OR ", "NOT ", "file:", "modified>", "software:", "text:", "at:")
                                        .get(random.nextInt(8))
                                : String.valueOf(letters.charAt(random.nextInt(letters.length()))));
            }
            try {
                assertThat(SearchLanguage.parse(text.toString())).isNotNull();
            } catch (QueryProblem problem) {
                assertThat(problem.position().orElseThrow()).as(text.toString()).isBetween(1, text.length() + 1);
            }
        }
    }
}

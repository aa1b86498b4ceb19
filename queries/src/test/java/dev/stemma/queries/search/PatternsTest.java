package dev.stemma.queries.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stemma.queries.problem.QueryProblem;
import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.regex.Pattern;
import org.apache.lucene.util.automaton.CharacterRunAutomaton;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;

final class PatternsTest {

    private static boolean regex(String pattern, String text) {
        return TextMatcher.of(new TextTerm.Regex(pattern)).test(List.of(text));
    }

    private static boolean glob(String pattern, String name) {
        return new CharacterRunAutomaton(Patterns.glob(pattern)).run(name);
    }

    @Test
    void regularExpressionsMatchWhereJavasDo() {
        List<String> patterns = List.of(
                "web",
                "^web",
                "web$",
                "^web$",
                "we?b",
                "^w.*[0-9]+$",
                "a|^b|c$",
                "(ab)+",
                "x{2,3}",
                "x{2}y?",
                "[^a-z]",
                "\\d\\d",
                "\\.",
                "a.c",
                "\\w+-\\d",
                "",
                "(a|b)*c",
                "a+?b",
                "a*?b",
                "[a\\]]",
                "\"",
                "@#~&<");
        List<String> texts = List.of(
                "web",
                "Web-01",
                "my web",
                "wb",
                "a",
                "b",
                "c",
                "abc",
                "abab",
                "xx",
                "xxxy",
                "123",
                "1.2",
                "a-1",
                "",
                "]",
                "say \"hi\"",
                "@#~&<",
                "ac",
                "bbc",
                "aaab");
        for (String pattern : patterns.stream().filter(each -> !each.isEmpty()).toList()) {
            for (String text : texts) {
                assertThat(regex(pattern, text))
                        .as("%s in %s", pattern, text)
                        .isEqualTo(Pattern.compile(pattern, Pattern.CASE_INSENSITIVE)
                                .matcher(text)
                                .find());
            }
        }
    }

    @Test
    void whatIsNotKnownIsRefusedAndNotIgnored() {
        for (String pattern : List.of(
                "(?i)a",
                "a\\b",
                "\\1",
                "a(",
                "a)",
                "[a",
                "a\\",
                "*a",
                "a++",
                "a^b",
                "a$b",
                "a{",
                "x{1000}",
                "((a{20}){20}){20}")) {
            assertThatThrownBy(() -> regex(pattern, "a")).as(pattern).isInstanceOf(QueryProblem.class);
        }
    }

    @Test
    void noPatternHangs() {
        String text = "a".repeat(60_000) + "b";
        Assertions.assertTimeoutPreemptively(Duration.ofMinutes(5), () -> {
            for (String pattern : List.of("(a+)+$", "(a|a)*c", "(a|aa)+$", "([a-zA-Z]+)*$", "(.*a){20}", "(x+x+)+y")) {
                try {
                    regex(pattern, text);
                } catch (QueryProblem refused) {
                    assertThat(refused.code()).isEqualTo(QueryProblem.Code.INVALID);
                }
            }
        });
    }

    @Test
    void globsMatchWhereTheShellsDo() {
        Random random = new Random(20);
        String[] pieces = {"a", "b", ".", "so", "*", "?", "[ab]", "[!a]", "6", "-", "+"};
        String[] letters = {"a", "b", ".", "so", "6", "-", "+"};
        for (int i = 0; i < 2_000; i++) {
            StringBuilder pattern = new StringBuilder();
            StringBuilder name = new StringBuilder();
            for (int k = 1 + random.nextInt(5); k > 0; k--) {
                pattern.append(pieces[random.nextInt(pieces.length)]);
                name.append(letters[random.nextInt(letters.length)]);
            }
            boolean expected =
                    FileSystems.getDefault().getPathMatcher("glob:" + pattern).matches(Path.of(name.toString()));
            assertThat(glob(pattern.toString(), name.toString()))
                    .as("%s against %s", pattern, name)
                    .isEqualTo(expected);
        }
        assertThat(glob("*.so.6", "libc.so.6")).isTrue();
        assertThat(glob("\\x0a*", "\\x0abc")).isTrue();
        assertThatThrownBy(() -> glob("[a", "a")).isInstanceOf(QueryProblem.class);
    }

    @Test
    void packagesAreReadAsPeopleWriteThem() {
        PackageTerm term = PackageTerm.parse("deb/libc6:amd64>=2.36-9+deb12u1");
        assertThat(term.name()).isEqualTo("libc6");
        assertThat(term.ecosystem()).contains("deb");
        assertThat(term.architecture()).contains("amd64");
        assertThat(term.version()).contains(new VersionRange(VersionRange.Relation.FROM, "2.36-9+deb12u1"));
        assertThat(PackageTerm.parse("bash (<< 5.2)").version())
                .contains(new VersionRange(VersionRange.Relation.BEFORE, "5.2"));
        assertThat(PackageTerm.parse("g++").name()).isEqualTo("g++");
        assertThat(PackageTerm.parse("python3.11").version()).isEmpty();
        PackageTerm artifact = PackageTerm.parse("maven/org.slf4j:slf4j-api<2.0");
        assertThat(artifact.name()).isEqualTo("org.slf4j:slf4j-api");
        assertThat(artifact.architecture()).isEmpty();
        assertThat(PackageTerm.parse("npm/@babel/core>=7").name()).isEqualTo("@babel/core");
        assertThat(PackageTerm.parse("@babel/core").ecosystem()).isEmpty();
        assertThat(PackageTerm.parse("golang/github.com/spf13/cobra").name()).isEqualTo("github.com/spf13/cobra");
        for (String bad : List.of("", "a b", "bash>", "(bash)", "bash (= 1", "a>=1>=2", "-x")) {
            assertThatThrownBy(() -> PackageTerm.parse(bad)).as(bad).isInstanceOf(QueryProblem.class);
        }
    }

    @Test
    void filesAreReadAsPeopleWriteThem() {
        assertThat(FileTerm.parse("/etc/passwd")).isInstanceOf(FileTerm.Path.class);
        assertThat(FileTerm.parse("*.so.6")).isEqualTo(new FileTerm.Glob("*.so.6"));
        assertThat(FileTerm.parse("nginx")).isEqualTo(new FileTerm.Name("nginx"));
        assertThat(FileTerm.parse("sha256:DEADBEEF")).isEqualTo(new FileTerm.Content("deadbeef"));
        assertThat(FileTerm.parse("a".repeat(64))).isInstanceOf(FileTerm.Content.class);
        assertThatThrownBy(() -> FileTerm.parse("usr/bin")).isInstanceOf(QueryProblem.class);
        assertThatThrownBy(() -> FileTerm.parse("sha256:xyz")).isInstanceOf(QueryProblem.class);
    }
}

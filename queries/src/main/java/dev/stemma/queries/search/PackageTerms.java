package dev.stemma.queries.search;

import dev.stemma.queries.problem.QueryProblem;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads what people type for {@link PackageTerm}. */
final class PackageTerms {

    private static final int MAX_LENGTH = 512;

    // Possessive throughout: no pattern here backtracks, whatever is typed.
    private static final Pattern TERM = Pattern.compile(
            "\\s*+(?:(?<ecosystem>[a-z]++)/)?(?<name>[@A-Za-z0-9][@/A-Za-z0-9+._~-]*+)(?::(?<arch>[A-Za-z0-9_.-]++))?"
                    + "\\s*+(?<paren>\\(\\s*+)?(?:(?<relation><<|>>|<=|>=|<|>|==|=)\\s*+(?<version>[A-Za-z0-9.+:~^_-]++)\\s*+)?(?<end>\\))?\\s*+");

    private PackageTerms() {}

    static PackageTerm parse(String text) {
        Matcher matcher = TERM.matcher(text);
        if (text.length() > MAX_LENGTH
                || !matcher.matches()
                || (matcher.group("paren") == null) != (matcher.group("end") == null)) {
            throw new QueryProblem(
                    QueryProblem.Code.INVALID,
                    "a package is written [ecosystem/]name[:architecture][relation version], such as openssl>=3.0, not: "
                            + text.substring(0, Math.min(text.length(), MAX_LENGTH)));
        }
        Optional<VersionRange> range = Optional.ofNullable(matcher.group("relation"))
                .map(sign -> new VersionRange(relation(sign), matcher.group("version")));
        Optional<String> ecosystem =
                Optional.ofNullable(matcher.group("ecosystem")).map(word -> word.toLowerCase(Locale.ROOT));
        Optional<String> architecture = Optional.ofNullable(matcher.group("arch"));
        // Maven writes group:artifact; it has no architectures.
        return ecosystem.equals(Optional.of("maven")) && architecture.isPresent()
                ? new PackageTerm(ecosystem, matcher.group("name") + ":" + architecture.get(), range, Optional.empty())
                : new PackageTerm(ecosystem, matcher.group("name"), range, architecture);
    }

    private static VersionRange.Relation relation(String sign) {
        return switch (sign) {
            case "<<", "<" -> VersionRange.Relation.BEFORE;
            case "<=" -> VersionRange.Relation.UP_TO;
            case ">=" -> VersionRange.Relation.FROM;
            case ">>", ">" -> VersionRange.Relation.AFTER;
            default -> VersionRange.Relation.EXACTLY;
        };
    }
}

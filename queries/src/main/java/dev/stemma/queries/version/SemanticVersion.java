package dev.stemma.queries.version;

import java.util.List;
import java.util.Optional;

/**
 * Semantic Versioning 2.0.0, section 11: npm, Cargo, and Composer's usual form. Read leniently: a leading {@code v}, and fewer or more
 * than three numbers, where those that are missing are 0. Build metadata does not count.
 *
 * @param numbers the release, digits each
 * @param before identifiers of the pre-release; empty for a release
 */
record SemanticVersion(List<String> numbers, List<String> before) {

    static final VersionOrder ORDER = SemanticVersion::compare;

    SemanticVersion {
        numbers = List.copyOf(numbers);
        before = List.copyOf(before);
    }

    static Optional<SemanticVersion> find(String text) {
        String version = text.startsWith("v") || text.startsWith("V") ? text.substring(1) : text;
        int plus = version.indexOf('+');
        String counted = plus < 0 ? version : version.substring(0, plus);
        int dash = counted.indexOf('-');
        List<String> numbers = List.of((dash < 0 ? counted : counted.substring(0, dash)).split("\\.", -1));
        List<String> before =
                dash < 0 ? List.of() : List.of(counted.substring(dash + 1).split("\\.", -1));
        return numbers.stream().allMatch(Numerals::all)
                ? Optional.of(new SemanticVersion(numbers, before))
                : Optional.empty();
    }

    private static int compare(String a, String b) {
        Optional<SemanticVersion> first = find(a);
        Optional<SemanticVersion> second = find(b);
        if (first.isEmpty() || second.isEmpty()) {
            return first.isEmpty() && second.isEmpty()
                    ? DebianVersion.compare(a, b)
                    : Boolean.compare(first.isPresent(), second.isPresent());
        }
        return first.get().against(second.get());
    }

    int against(SemanticVersion other) {
        for (int i = 0; i < Math.max(numbers.size(), other.numbers.size()); i++) {
            int order = Numerals.compare(at(numbers, i), at(other.numbers, i));
            if (order != 0) {
                return order;
            }
        }
        if (before.isEmpty() || other.before.isEmpty()) {
            return Boolean.compare(before.isEmpty(), other.before.isEmpty());
        }
        for (int i = 0; i < Math.min(before.size(), other.before.size()); i++) {
            int order = identifier(before.get(i), other.before.get(i));
            if (order != 0) {
                return order;
            }
        }
        return Integer.compare(before.size(), other.before.size());
    }

    private static String at(List<String> numbers, int index) {
        return index < numbers.size() ? numbers.get(index) : "";
    }

    /** Numbers by value, before words by their characters. */
    static int identifier(String a, String b) {
        boolean first = Numerals.all(a);
        boolean second = Numerals.all(b);
        if (first && second) {
            return Numerals.compare(a, b);
        }
        return first == second ? a.compareTo(b) : first ? -1 : 1;
    }
}

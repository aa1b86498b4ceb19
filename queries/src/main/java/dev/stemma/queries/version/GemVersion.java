package dev.stemma.queries.version;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Versions of Ruby gems, as {@code Gem::Version#<=>} orders them: numbers and words by turns, a word older than any number, and zeros
 * at the end of the numbers or of the pre-release meaning nothing.
 */
final class GemVersion {

    static final VersionOrder ORDER = GemVersion::compare;

    private static final Pattern PART = Pattern.compile("[0-9]++|[a-zA-Z]++");
    private static final Pattern FORM =
            Pattern.compile("[0-9]++(?:\\.[0-9a-zA-Z]++)*+(?:-[0-9A-Za-z-]++(?:\\.[0-9A-Za-z-]++)*+)?");

    private GemVersion() {}

    private static int compare(String a, String b) {
        boolean first = FORM.matcher(a.strip()).matches();
        boolean second = FORM.matcher(b.strip()).matches();
        if (!first || !second) {
            return first == second ? DebianVersion.compare(a, b) : Boolean.compare(first, second);
        }
        List<String> x = parts(a);
        List<String> y = parts(b);
        for (int i = 0; i < Math.max(x.size(), y.size()); i++) {
            String left = i < x.size() ? x.get(i) : "0";
            String right = i < y.size() ? y.get(i) : "0";
            boolean leftNumber = Numerals.all(left);
            boolean rightNumber = Numerals.all(right);
            int order = leftNumber && rightNumber
                    ? Numerals.compare(left, right)
                    : leftNumber == rightNumber ? left.compareTo(right) : leftNumber ? 1 : -1;
            if (order != 0) {
                return order;
            }
        }
        return 0;
    }

    /** The canonical segments: without zeros before the first word and at the end. */
    private static List<String> parts(String version) {
        List<String> numbers = new ArrayList<>();
        List<String> rest = new ArrayList<>();
        Matcher part = PART.matcher(version.replace("-", ".pre."));
        while (part.find()) {
            (rest.isEmpty() && Numerals.all(part.group()) ? numbers : rest).add(part.group());
        }
        withoutZeros(numbers);
        withoutZeros(rest);
        numbers.addAll(rest);
        return numbers;
    }

    private static void withoutZeros(List<String> parts) {
        while (!parts.isEmpty() && Numerals.all(parts.getLast()) && Numerals.zero(parts.getLast())) {
            parts.removeLast();
        }
    }
}

package dev.stemma.queries.version;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Python versions, PEP 440 with its normalizations: {@code [epoch!]release[pre][.post][.dev][+local]}.
 *
 * @param epoch digits, or empty
 * @param release numbers without trailing zeros
 * @param pre rank and number of the pre-release
 * @param post number of the post-release; empty when it is none
 * @param dev number of the development release; empty when it is none
 * @param local parts of the local version
 */
record PythonVersion(
        String epoch,
        List<String> release,
        Optional<Pre> pre,
        Optional<String> post,
        Optional<String> dev,
        List<String> local) {

    static final VersionOrder ORDER = PythonVersion::compare;

    /** PEP 440, appendix B; possessive, so that no text takes longer than its length. */
    private static final Pattern FORM = Pattern.compile("v?(?:(?<epoch>[0-9]++)!)?(?<release>[0-9]++(?:\\.[0-9]++)*+)"
            + "(?:[-_.]?(?<pre>alpha|beta|preview|pre|a|b|c|rc)[-_.]?(?<preNumber>[0-9]*+))?"
            + "(?<post>-(?<postOnly>[0-9]++)|[-_.]?(?:post|rev|r)[-_.]?(?<postNumber>[0-9]*+))?"
            + "(?<dev>[-_.]?dev[-_.]?(?<devNumber>[0-9]*+))?"
            + "(?:\\+(?<local>[a-z0-9]++(?:[-_.][a-z0-9]++)*+))?");

    /** A pre-release: {@code a} is 0, {@code b} 1, {@code rc} 2. */
    private record Pre(int rank, String number) {}

    static Optional<PythonVersion> find(String text) {
        Matcher matcher = FORM.matcher(text.strip().toLowerCase(Locale.ROOT));
        if (!matcher.matches()) {
            return Optional.empty();
        }
        List<String> release = new ArrayList<>(List.of(matcher.group("release").split("\\.")));
        while (release.size() > 1 && Numerals.zero(release.getLast())) {
            release.removeLast();
        }
        Optional<Pre> pre = Optional.ofNullable(matcher.group("pre"))
                .map(word -> new Pre(rank(word), or(matcher.group("preNumber"), "")));
        Optional<String> post = Optional.ofNullable(matcher.group("post"))
                .map(_ -> or(matcher.group("postOnly"), or(matcher.group("postNumber"), "")));
        Optional<String> dev = Optional.ofNullable(matcher.group("dev")).map(_ -> or(matcher.group("devNumber"), ""));
        String local = or(matcher.group("local"), "");
        return Optional.of(new PythonVersion(
                or(matcher.group("epoch"), ""),
                release,
                pre,
                post,
                dev,
                local.isEmpty() ? List.of() : List.of(local.split("[-_.]"))));
    }

    private static String or(@org.jspecify.annotations.Nullable String text, String other) {
        return text == null ? other : text;
    }

    private static int rank(String word) {
        return switch (word) {
            case "a", "alpha" -> 0;
            case "b", "beta" -> 1;
            default -> 2;
        };
    }

    private static int compare(String a, String b) {
        Optional<PythonVersion> first = find(a);
        Optional<PythonVersion> second = find(b);
        if (first.isEmpty() || second.isEmpty()) {
            return first.isEmpty() && second.isEmpty()
                    ? DebianVersion.compare(a, b)
                    : Boolean.compare(first.isPresent(), second.isPresent());
        }
        return first.get().against(second.get());
    }

    private int against(PythonVersion other) {
        int[] orders = {
            Numerals.compare(epoch, other.epoch),
            numbers(release, other.release),
            pre(this, other),
            // Without a post-release it is older, without a development release newer.
            absent(post, other.post, -1),
            absent(dev, other.dev, 1),
            local(local, other.local)
        };
        for (int order : orders) {
            if (order != 0) {
                return order;
            }
        }
        return 0;
    }

    private static int numbers(List<String> a, List<String> b) {
        for (int i = 0; i < Math.max(a.size(), b.size()); i++) {
            int order = Numerals.compare(i < a.size() ? a.get(i) : "", i < b.size() ? b.get(i) : "");
            if (order != 0) {
                return order;
            }
        }
        return 0;
    }

    private static int pre(PythonVersion a, PythonVersion b) {
        int order = Integer.compare(a.stage(), b.stage());
        return order != 0 || a.pre.isEmpty() || b.pre.isEmpty()
                ? order
                : Numerals.compare(a.pre.get().number, b.pre.get().number);
    }

    /** A development release alone comes before every pre-release, a release after them. */
    private int stage() {
        return pre.map(Pre::rank).orElse(post.isEmpty() && dev.isPresent() ? -1 : 3);
    }

    private static int absent(Optional<String> a, Optional<String> b, int absentOrder) {
        if (a.isEmpty() || b.isEmpty()) {
            return a.isEmpty() == b.isEmpty() ? 0 : a.isEmpty() ? absentOrder : -absentOrder;
        }
        return Numerals.compare(a.get(), b.get());
    }

    /** Numbers come after words here, unlike in semantic versions. */
    private static int local(List<String> a, List<String> b) {
        for (int i = 0; i < Math.min(a.size(), b.size()); i++) {
            boolean first = Numerals.all(a.get(i));
            boolean second = Numerals.all(b.get(i));
            int order = first && second
                    ? Numerals.compare(a.get(i), b.get(i))
                    : first == second ? a.get(i).compareTo(b.get(i)) : first ? 1 : -1;
            if (order != 0) {
                return order;
            }
        }
        return Integer.compare(a.size(), b.size());
    }
}

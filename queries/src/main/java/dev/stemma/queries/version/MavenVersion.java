package dev.stemma.queries.version;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Maven's order of versions (POM Reference, "Version Order Specification"; {@code ComparableVersion} of Maven 3.8): numbers, words
 * and lists that a dash or a change between digits and letters opens; {@code alpha < beta < milestone < rc < snapshot < release < sp}, other
 * words after those.
 */
final class MavenVersion {

    static final VersionOrder ORDER = MavenVersion::compare;

    private static final List<String> WORDS = List.of("alpha", "beta", "milestone", "rc", "snapshot", "", "sp");

    /** Lists lie in each other once a dash; no real version comes near, and the comparison goes as deep. */
    private static final int MAX_LENGTH = 512;

    private MavenVersion() {}

    private sealed interface Item {}

    private record Number(String digits) implements Item {}

    /** @param key place among the known words, or behind them with the word itself */
    private record Word(String key) implements Item {}

    private record Group(List<Item> items) implements Item {}

    private static int compare(String a, String b) {
        if (a.length() > MAX_LENGTH || b.length() > MAX_LENGTH) {
            return DebianVersion.compare(a, b);
        }
        return compare(parse(a), parse(b));
    }

    private static Group parse(String text) {
        String version = text.toLowerCase(Locale.ENGLISH);
        Group whole = new Group(new ArrayList<>());
        Deque<Group> open = new ArrayDeque<>(List.of(whole));
        Group group = whole;
        boolean digits = false;
        int start = 0;
        for (int i = 0; i < version.length(); i++) {
            char c = version.charAt(i);
            if (c == '.' || c == '-') {
                group.items.add(i == start ? new Number("0") : item(digits, version.substring(start, i), false));
                start = i + 1;
                if (c == '-') {
                    group = open(group, open);
                }
            } else if (Numerals.digit(c) != digits) {
                if (i > start) {
                    group = digits ? group : dashed(group, open);
                    group.items.add(item(digits, version.substring(start, i), !digits));
                    start = i;
                    group = open(group, open);
                }
                digits = !digits;
            }
        }
        if (version.length() > start) {
            group = digits ? group : dashed(group, open);
            group.items.add(item(digits, version.substring(start), false));
        }
        while (!open.isEmpty()) {
            trim(open.pop());
        }
        return whole;
    }

    /** A word behind a dot counts as one behind a dash, if it is the last or before a digit. */
    private static Group dashed(Group group, Deque<Group> open) {
        return group.items.isEmpty() ? group : open(group, open);
    }

    private static Group open(Group group, Deque<Group> open) {
        Group inner = new Group(new ArrayList<>());
        group.items.add(inner);
        open.push(inner);
        return inner;
    }

    private static Item item(boolean digits, String text, boolean beforeDigit) {
        return digits ? new Number(text) : new Word(key(word(text, beforeDigit)));
    }

    private static String word(String text, boolean beforeDigit) {
        if (beforeDigit && text.length() == 1) {
            switch (text.charAt(0)) {
                case 'a':
                    return "alpha";
                case 'b':
                    return "beta";
                case 'm':
                    return "milestone";
                default:
            }
        }
        return switch (text) {
            case "ga", "final", "release" -> "";
            case "cr" -> "rc";
            default -> text;
        };
    }

    private static String key(String word) {
        int index = WORDS.indexOf(word);
        return index < 0 ? WORDS.size() + "-" + word : String.valueOf(index);
    }

    private static final String RELEASE = key("");

    /** What means nothing at the end of a group is dropped, up to the first thing that means something. */
    private static void trim(Group group) {
        for (int i = group.items.size() - 1; i >= 0; i--) {
            if (nothing(group.items.get(i))) {
                group.items.remove(i);
            } else if (!(group.items.get(i) instanceof Group)) {
                break;
            }
        }
    }

    private static boolean nothing(Item item) {
        return switch (item) {
            case Number(String digits) -> Numerals.zero(digits);
            case Word(String key) -> key.equals(RELEASE);
            case Group(List<Item> items) -> items.isEmpty();
        };
    }

    private static int compare(Item a, @Nullable Item b) {
        return switch (a) {
            case Number(String digits) ->
                b instanceof Number(String other)
                        ? Numerals.compare(digits, other)
                        : b == null ? Numerals.zero(digits) ? 0 : 1 : 1;
            case Word(String key) ->
                b instanceof Word(String other) ? key.compareTo(other) : b == null ? key.compareTo(RELEASE) : -1;
            case Group(List<Item> items) ->
                switch (b) {
                    case null -> groups(items, List.of());
                    case Number _ -> -1;
                    case Word _ -> 1;
                    case Group(List<Item> others) -> groups(items, others);
                };
        };
    }

    private static int groups(List<Item> a, List<Item> b) {
        for (int i = 0; i < Math.max(a.size(), b.size()); i++) {
            int order = i < a.size() ? compare(a.get(i), i < b.size() ? b.get(i) : null) : -compare(b.get(i), null);
            if (order != 0) {
                return order;
            }
        }
        return 0;
    }
}

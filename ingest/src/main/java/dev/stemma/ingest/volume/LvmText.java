package dev.stemma.ingest.volume;

import dev.stemma.ingest.problem.Corrupt;
import dev.stemma.ingest.problem.Origin;
import dev.stemma.ingest.problem.OverBudget;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/**
 * Parses LVM2's text metadata ({@code libdm/libdm-config.c}): {@code name = value} and {@code name { … }}, values being numbers, quoted
 * strings and lists of them. Open sections are kept on a stack of limited depth, so that the text decides over no recursion.
 */
final class LvmText {

    private static final int MAX_DEPTH = 16;
    private static final int MAX_ITEMS = 1_000_000;

    private final String text;
    private final Origin origin;
    private int at;
    private int items;

    private LvmText(String text, Origin origin) {
        this.text = text;
        this.origin = origin;
    }

    /**
     * @throws Corrupt {@code bad-value} where the text does not follow the grammar
     * @throws OverBudget {@code depth-limit}, {@code entry-limit}
     */
    static LvmSection parse(byte[] bytes, Origin origin) throws Corrupt, OverBudget {
        return new LvmText(new String(bytes, StandardCharsets.ISO_8859_1), origin).sections();
    }

    private LvmSection sections() throws Corrupt, OverBudget {
        Deque<LvmSection> open = new ArrayDeque<>();
        LvmSection root = new LvmSection(origin);
        open.push(root);
        while (true) {
            blanks();
            if (at == text.length()) {
                if (open.size() > 1) {
                    throw wrong("ends within a section");
                }
                return root;
            }
            if (text.charAt(at) == '}') {
                at++;
                open.pop();
                if (open.isEmpty()) {
                    throw wrong("closes a section that is not open");
                }
                continue;
            }
            String name = word();
            blanks();
            char next = at < text.length() ? text.charAt(at++) : ' ';
            if (next == '{') {
                if (open.size() > MAX_DEPTH) {
                    throw new OverBudget("depth-limit", origin, "has sections more than " + MAX_DEPTH + " deep");
                }
                open.push(open.getFirst().open(name));
            } else if (next == '=') {
                open.getFirst().put(name, values());
            } else {
                throw wrong("has " + name + " without a value");
            }
            count();
        }
    }

    private List<String> values() throws Corrupt, OverBudget {
        blanks();
        if (at == text.length() || text.charAt(at) != '[') {
            return List.of(value());
        }
        at++;
        List<String> values = new ArrayList<>();
        while (true) {
            blanks();
            char next = at < text.length() ? text.charAt(at) : ' ';
            if (next == ']') {
                at++;
                return values;
            }
            if (!values.isEmpty()) {
                if (next != ',') {
                    throw wrong("has a list without an end");
                }
                at++;
                blanks();
            }
            values.add(value());
            count();
        }
    }

    private String value() throws Corrupt {
        if (at == text.length() || text.charAt(at) != '"') {
            return word();
        }
        StringBuilder value = new StringBuilder();
        for (at++; at < text.length(); at++) {
            char c = text.charAt(at);
            if (c == '"') {
                at++;
                return value.toString();
            }
            if (c == '\\' && at + 1 < text.length()) {
                at++;
                c = text.charAt(at);
            }
            value.append(c);
        }
        throw wrong("has a string without an end");
    }

    private String word() throws Corrupt {
        int start = at;
        while (at < text.length() && isWord(text.charAt(at))) {
            at++;
        }
        if (at == start) {
            throw wrong("has neither a name nor a value where one belongs");
        }
        return text.substring(start, at);
    }

    private static boolean isWord(char c) {
        return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || "_.+-/".indexOf(c) >= 0;
    }

    /** Blanks, comments, and the zero byte that ends the text on disk. */
    private void blanks() {
        while (at < text.length()) {
            char c = text.charAt(at);
            if (c == '#') {
                int end = text.indexOf('\n', at);
                at = end < 0 ? text.length() : end;
            } else if (c == ' ' || c == '\t' || c == '\n' || c == '\r') {
                at++;
            } else if (c == 0) {
                at = text.length();
            } else {
                return;
            }
        }
    }

    private void count() throws OverBudget {
        if (++items > MAX_ITEMS) {
            throw new OverBudget("entry-limit", origin, "has more than " + MAX_ITEMS + " values");
        }
    }

    private Corrupt wrong(String message) {
        return new Corrupt("bad-value", origin, message + ", at byte " + at);
    }
}

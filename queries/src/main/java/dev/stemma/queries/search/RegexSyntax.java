package dev.stemma.queries.search;

import java.util.ArrayList;
import java.util.List;

/**
 * Turns a regular expression as people know it into the dialect of Lucene's {@code RegExp}, which is anchored at both
 * ends and has no {@code ^}, {@code $} or lazy quantifiers. Used once.
 */
final class RegexSyntax {

    private static final int MAX_DEPTH = 50;
    private static final int MAX_REPEAT = 200;

    private final String pattern;
    private final List<String> alternatives = new ArrayList<>();
    private final StringBuilder out = new StringBuilder();
    private boolean fromStart;
    private boolean toEnd;
    private int depth;
    private int repeats = 1;
    private int at;

    private RegexSyntax(String pattern) {
        this.pattern = pattern;
    }

    /** An expression in Lucene's dialect that matches a whole text when the pattern matches somewhere in it. */
    static String translate(String pattern) {
        RegexSyntax syntax = new RegexSyntax(pattern);
        while (syntax.at < pattern.length()) {
            syntax.next();
        }
        if (syntax.depth != 0) {
            throw Patterns.invalid(pattern, "a ( is not closed");
        }
        syntax.endAlternative();
        return String.join("|", syntax.alternatives);
    }

    private void next() {
        char c = pattern.charAt(at++);
        switch (c) {
            case '^' -> {
                require(depth == 0 && out.isEmpty() && !fromStart, "^ is only known at the start");
                fromStart = true;
            }
            case '$' -> {
                require(
                        depth == 0 && (at == pattern.length() || pattern.charAt(at) == '|'),
                        "$ is only known at the end");
                toEnd = true;
            }
            case '|' -> {
                if (depth == 0) {
                    endAlternative();
                } else {
                    out.append('|');
                }
            }
            case '(' -> {
                require(!looking('?'), "groups that start with (? are not known");
                require(++depth <= MAX_DEPTH, "it is nested deeper than " + MAX_DEPTH);
                out.append('(');
            }
            case ')' -> {
                require(--depth >= 0, "a ) is not opened");
                out.append(')');
            }
            case '[' -> set();
            case '\\' -> escape();
            case '*', '+', '?' -> quantified(String.valueOf(c));
            case '{' -> repeat();
            case '"' -> out.append("\\\"");
            default -> out.append(c);
        }
    }

    private void endAlternative() {
        String inner = out.isEmpty() ? "()" : "(" + out + ")";
        alternatives.add((fromStart ? "" : ".*") + inner + (toEnd ? "" : ".*"));
        out.setLength(0);
        fromStart = false;
        toEnd = false;
    }

    private void escape() {
        require(at < pattern.length(), "it ends in a backslash");
        char c = pattern.charAt(at++);
        boolean plain = c >= 0x80 || !Character.isLetterOrDigit(c);
        require(plain || "dDwWsS".indexOf(c) >= 0, "\\" + c + " is not known");
        out.append('\\').append(c);
    }

    private void set() {
        out.append('[');
        if (looking('^')) {
            out.append(pattern.charAt(at++));
        }
        require(at < pattern.length() && pattern.charAt(at) != ']', "a set is empty");
        while (at < pattern.length() && pattern.charAt(at) != ']') {
            if (pattern.charAt(at) == '\\') {
                at++;
                escape();
            } else {
                out.append(pattern.charAt(at++));
            }
        }
        require(at < pattern.length(), "a [ is not closed");
        at++;
        out.append(']');
    }

    /** {@code {n}}, {@code {n,}} or {@code {n,m}}; each copy costs states, so their product is bounded. */
    private void repeat() {
        int end = pattern.indexOf('}', at);
        require(end > at, "a { is not closed");
        String bounds = pattern.substring(at, end);
        require(bounds.matches("[0-9]{1,3}(,[0-9]{0,3})?"), "{" + bounds + "} is not a count");
        for (String bound : bounds.split(",")) {
            repeats *= Math.max(1, Integer.parseInt(bound));
            require(repeats <= MAX_REPEAT, "its counts multiply to more than " + MAX_REPEAT);
        }
        at = end + 1;
        quantified("{" + bounds + "}");
    }

    /** Lazy or greedy makes no difference to whether there is a match. */
    private void quantified(String quantifier) {
        require(!out.isEmpty(), quantifier + " repeats nothing");
        out.append(quantifier);
        if (looking('?')) {
            at++;
        }
        require(!looking('+') && !looking('*') && !looking('{'), "two quantifiers in a row");
    }

    private boolean looking(char c) {
        return at < pattern.length() && pattern.charAt(at) == c;
    }

    private void require(boolean condition, String otherwise) {
        if (!condition) {
            throw Patterns.invalid(pattern, otherwise);
        }
    }
}

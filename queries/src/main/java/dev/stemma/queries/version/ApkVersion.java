package dev.stemma.queries.version;

import java.util.List;

/**
 * The order of apk's versions, {@code digits{.digits}{letter}{_suffix{digits}}{~hash}{-rdigits}}, as apk-tools 3 defines it
 * ({@code src/version.c}): numbers by value, but as text where one of two after a dot has a zero in front; {@code _alpha}, {@code _beta},
 * {@code _pre} and {@code _rc} before the version itself, {@code _cvs}, {@code _svn}, {@code _git}, {@code _hg} and {@code _p} after it. From where
 * a text is no version of that form, nothing of it counts.
 */
public final class ApkVersion {

    /** Oldest first. Not consistent with equals: {@code 007} and {@code 7} are the same version. */
    static final VersionOrder ORDER = ApkVersion::compare;

    /** In their order; the first four come before the version without one. */
    private static final List<String> SUFFIXES = List.of("alpha", "beta", "pre", "rc", "cvs", "svn", "git", "hg", "p");

    private static final int BEFORE = 4;

    private ApkVersion() {}

    /** In the order that they may follow each other; of two versions that are equal so far, the one with the earlier kind is newer. */
    private enum Kind {
        FIRST_NUMBER,
        NUMBER,
        LETTER,
        SUFFIX,
        SUFFIX_NUMBER,
        HASH,
        REVISION,
        END,
        INVALID
    }

    private record Token(Kind kind, String text) {

        private static final Token INVALID = new Token(Kind.INVALID, "");

        int compareTo(Token other) {
            return switch (kind) {
                case NUMBER ->
                    text.startsWith("0") || other.text.startsWith("0")
                            ? text.compareTo(other.text)
                            : Parts.compareNumbers(text, other.text);
                case FIRST_NUMBER, SUFFIX_NUMBER, REVISION -> Parts.compareNumbers(text, other.text);
                case SUFFIX -> Integer.compare(SUFFIXES.indexOf(text), SUFFIXES.indexOf(other.text));
                case LETTER, HASH, END, INVALID -> text.compareTo(other.text);
            };
        }

        boolean isBefore() {
            return kind == Kind.SUFFIX && SUFFIXES.indexOf(text) < BEFORE;
        }
    }

    /** Negative, zero or positive as the first is older than, the same as or newer than the second. */
    public static int compare(String a, String b) {
        Reading left = new Reading(a);
        Reading right = new Reading(b);
        while (left.token.kind == right.token.kind && left.token.kind.compareTo(Kind.END) < 0) {
            int order = left.token.compareTo(right.token);
            if (order != 0) {
                return order;
            }
            left.next();
            right.next();
        }
        if (left.token.kind == right.token.kind) {
            return 0;
        }
        if (left.token.isBefore() || right.token.isBefore()) {
            return left.token.isBefore() ? -1 : 1;
        }
        return right.token.kind.compareTo(left.token.kind);
    }

    /** A version, read token by token; starts on the first. */
    private static final class Reading {
        private final String text;
        private int at;
        private Token token;

        Reading(String text) {
            this.text = text;
            this.token = digits(Kind.FIRST_NUMBER);
        }

        void next() {
            token = at >= text.length() ? new Token(Kind.END, "") : following(text.charAt(at));
        }

        private Token following(char c) {
            if (c >= 'a' && c <= 'z' && isAtMost(Kind.NUMBER)) {
                at++;
                return new Token(Kind.LETTER, String.valueOf(c));
            }
            if (c == '.' && isAtMost(Kind.NUMBER)) {
                at++;
                return digits(Kind.NUMBER);
            }
            if (Parts.digit(c) && (isAtMost(Kind.NUMBER) || token.kind == Kind.SUFFIX)) {
                return digits(token.kind == Kind.SUFFIX ? Kind.SUFFIX_NUMBER : Kind.NUMBER);
            }
            if (c == '_' && isAtMost(Kind.SUFFIX_NUMBER)) {
                int start = ++at;
                while (at < text.length() && text.charAt(at) >= 'a' && text.charAt(at) <= 'z') {
                    at++;
                }
                String word = text.substring(start, at);
                return SUFFIXES.contains(word) ? new Token(Kind.SUFFIX, word) : Token.INVALID;
            }
            if (c == '~' && isAtMost(Kind.SUFFIX_NUMBER)) {
                int start = ++at;
                while (at < text.length() && Character.digit(text.charAt(at), 16) >= 0) {
                    at++;
                }
                return at > start ? new Token(Kind.HASH, text.substring(start, at)) : Token.INVALID;
            }
            if (text.startsWith("-r", at) && isAtMost(Kind.HASH)) {
                at += 2;
                return digits(Kind.REVISION);
            }
            return Token.INVALID;
        }

        private boolean isAtMost(Kind kind) {
            return token.kind.compareTo(kind) <= 0;
        }

        private Token digits(Kind kind) {
            int start = at;
            at = Parts.end(text, at, true);
            return at == start ? Token.INVALID : new Token(kind, text.substring(start, at));
        }
    }
}

package dev.stemma.queries.version;

import java.util.Optional;

/**
 * A version as rpm and pacman take it apart: {@code [epoch:]version[-release]}.
 *
 * @param epoch digits, {@code 0} where there is none
 */
record Parts(String epoch, String version, Optional<String> release) {

    static Parts of(String text) {
        int digits = 0;
        while (digits < text.length() && digit(text.charAt(digits))) {
            digits++;
        }
        boolean hasEpoch = digits < text.length() && text.charAt(digits) == ':';
        String rest = hasEpoch ? text.substring(digits + 1) : text;
        int dash = rest.lastIndexOf('-');
        return new Parts(
                hasEpoch && digits > 0 ? text.substring(0, digits) : "0",
                dash < 0 ? rest : rest.substring(0, dash),
                dash < 0 ? Optional.empty() : Optional.of(rest.substring(dash + 1)));
    }

    static boolean digit(char c) {
        return c >= '0' && c <= '9';
    }

    static boolean letter(char c) {
        return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z';
    }

    /** Where a run of digits, or of letters, ends. */
    static int end(String text, int from, boolean digits) {
        int at = from;
        while (at < text.length() && (digits ? digit(text.charAt(at)) : letter(text.charAt(at)))) {
            at++;
        }
        return at;
    }

    /** Two runs of digits, of any length, by value. */
    static int compareNumbers(String a, String b) {
        String x = withoutLeadingZeros(a);
        String y = withoutLeadingZeros(b);
        return x.length() != y.length() ? Integer.compare(x.length(), y.length()) : x.compareTo(y);
    }

    private static String withoutLeadingZeros(String digits) {
        int at = 0;
        while (at < digits.length() && digits.charAt(at) == '0') {
            at++;
        }
        return digits.substring(at);
    }
}

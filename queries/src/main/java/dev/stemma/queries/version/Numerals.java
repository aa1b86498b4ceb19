package dev.stemma.queries.version;

/** Whole numbers of any length as they stand in versions. */
final class Numerals {

    private Numerals() {}

    static boolean digit(char c) {
        return c >= '0' && c <= '9';
    }

    /** Whether there is something and all of it is digits. */
    static boolean all(String text) {
        return !text.isEmpty() && text.chars().allMatch(c -> digit((char) c));
    }

    /** By value; both all digits, or empty for 0. */
    static int compare(String a, String b) {
        String x = withoutLeadingZeros(a);
        String y = withoutLeadingZeros(b);
        return x.length() != y.length() ? Integer.compare(x.length(), y.length()) : x.compareTo(y);
    }

    static boolean zero(String digits) {
        return withoutLeadingZeros(digits).isEmpty();
    }

    private static String withoutLeadingZeros(String digits) {
        int at = 0;
        while (at < digits.length() && digits.charAt(at) == '0') {
            at++;
        }
        return digits.substring(at);
    }
}

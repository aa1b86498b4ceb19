package dev.stemma.queries.version;

/**
 * The order of pacman's versions, {@code [epoch:]version[-release]}, as vercmp(8) and {@code lib/libalpm/version.c} define it. Releases
 * are compared only where both have one, so that {@code 1.0} is any release of 1.0; what is installed always has one.
 */
public final class AlpmVersion {

    /** Oldest first. Not consistent with equals: {@code 1.0} and {@code 1.00} are the same version. */
    static final VersionOrder ORDER = AlpmVersion::compare;

    private AlpmVersion() {}

    /** Negative, zero or positive as the first is older than, the same as or newer than the second. */
    public static int compare(String a, String b) {
        Parts x = Parts.of(a);
        Parts y = Parts.of(b);
        int order = Parts.compareNumbers(x.epoch(), y.epoch());
        order = order != 0 ? order : compareSegments(x.version(), y.version());
        return order != 0 || x.release().isEmpty() || y.release().isEmpty()
                ? order
                : compareSegments(x.release().get(), y.release().get());
    }

    /** As an older rpm did: without tilde and caret, but the longer separator is newer, and a word is older than the end. */
    private static int compareSegments(String a, String b) {
        if (a.equals(b)) {
            return 0;
        }
        int i = 0;
        int j = 0;
        while (i < a.length() && j < b.length()) {
            int startA = skipSeparators(a, i);
            int startB = skipSeparators(b, j);
            int separators = Integer.compare(startA - i, startB - j);
            i = startA;
            j = startB;
            if (i >= a.length() || j >= b.length()) {
                break;
            }
            if (separators != 0) {
                return separators;
            }
            boolean digits = Parts.digit(a.charAt(i));
            int endA = Parts.end(a, i, digits);
            int endB = Parts.end(b, j, digits);
            if (endB == j) {
                return digits ? 1 : -1;
            }
            String x = a.substring(i, endA);
            String y = b.substring(j, endB);
            int order = digits ? Parts.compareNumbers(x, y) : x.compareTo(y);
            if (order != 0) {
                return order;
            }
            i = endA;
            j = endB;
        }
        boolean endOfA = i >= a.length();
        boolean endOfB = j >= b.length();
        if (endOfA && endOfB) {
            return 0;
        }
        boolean older = endOfA ? !Parts.letter(b.charAt(j)) : Parts.letter(a.charAt(i));
        return older ? -1 : 1;
    }

    private static int skipSeparators(String text, int from) {
        int at = from;
        while (at < text.length() && !Parts.digit(text.charAt(at)) && !Parts.letter(text.charAt(at))) {
            at++;
        }
        return at;
    }
}

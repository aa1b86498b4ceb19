package dev.stemma.queries.version;

/**
 * The order of rpm versions, {@code [epoch:]version[-release]}, as rpm's {@code rpmio/rpmvercmp.c} and {@code rpmVersionCompare} define
 * it. No epoch counts as 0; no release comes before any, so that all texts have one order.
 */
public final class RpmVersion {

    /** Oldest first. Not consistent with equals: {@code 1.0} and {@code 1_0} are the same version. */
    static final VersionOrder ORDER = RpmVersion::compare;

    private RpmVersion() {}

    /** Negative, zero or positive as the first is older than, the same as or newer than the second. */
    public static int compare(String a, String b) {
        Parts x = Parts.of(a);
        Parts y = Parts.of(b);
        int order = Parts.compareNumbers(x.epoch(), y.epoch());
        order = order != 0 ? order : compareSegments(x.version(), y.version());
        if (order != 0 || x.release().isEmpty() || y.release().isEmpty()) {
            return order != 0
                    ? order
                    : Boolean.compare(x.release().isPresent(), y.release().isPresent());
        }
        return compareSegments(x.release().get(), y.release().get());
    }

    /**
     * Runs of digits by value and runs of letters by code, whatever separates them; a number is newer than a word. A tilde comes before
     * the end, a caret after it and before all else.
     */
    static int compareSegments(String a, String b) {
        int i = 0;
        int j = 0;
        while (i < a.length() || j < b.length()) {
            i = skipSeparators(a, i);
            j = skipSeparators(b, j);
            if (is(a, i, '~') || is(b, j, '~')) {
                if (!is(a, i, '~') || !is(b, j, '~')) {
                    return is(a, i, '~') ? -1 : 1;
                }
                i++;
                j++;
                continue;
            }
            if (is(a, i, '^') || is(b, j, '^')) {
                if (i >= a.length() || j >= b.length()) {
                    return i >= a.length() ? -1 : 1;
                }
                if (!is(a, i, '^') || !is(b, j, '^')) {
                    return is(a, i, '^') ? -1 : 1;
                }
                i++;
                j++;
                continue;
            }
            if (i >= a.length() || j >= b.length()) {
                break;
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
        return Boolean.compare(i < a.length(), j < b.length());
    }

    private static int skipSeparators(String text, int from) {
        int at = from;
        while (at < text.length()
                && !Parts.digit(text.charAt(at))
                && !Parts.letter(text.charAt(at))
                && text.charAt(at) != '~'
                && text.charAt(at) != '^') {
            at++;
        }
        return at;
    }

    private static boolean is(String text, int at, char c) {
        return at < text.length() && text.charAt(at) == c;
    }
}

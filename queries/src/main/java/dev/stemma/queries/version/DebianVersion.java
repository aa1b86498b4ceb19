package dev.stemma.queries.version;

/**
 * The order of Debian package versions: {@code [epoch:]upstream[-revision]}, as the Debian Policy Manual, section 5.6.12,
 * and dpkg's {@code lib/dpkg/version.c} define it. Characters outside the allowed set are ordered as dpkg's comparison
 * would order them, so that any two texts can be compared.
 */
public final class DebianVersion {

    /** Oldest first. Not consistent with equals: {@code 1.0} and {@code 1.00} are the same version. */
    static final VersionOrder ORDER = DebianVersion::compare;

    private DebianVersion() {}

    /** Negative, zero or positive as the first is older than, the same as or newer than the second. */
    public static int compare(String a, String b) {
        int order = compareNumbers(epoch(a), epoch(b));
        if (order != 0) {
            return order;
        }
        String restA = a.substring(a.indexOf(':') + 1);
        String restB = b.substring(b.indexOf(':') + 1);
        int dashA = restA.lastIndexOf('-');
        int dashB = restB.lastIndexOf('-');
        order = comparePart(
                dashA < 0 ? restA : restA.substring(0, dashA), dashB < 0 ? restB : restB.substring(0, dashB));
        return order != 0
                ? order
                : comparePart(dashA < 0 ? "" : restA.substring(dashA + 1), dashB < 0 ? "" : restB.substring(dashB + 1));
    }

    private static String epoch(String version) {
        int colon = version.indexOf(':');
        return colon < 0 ? "" : version.substring(0, colon);
    }

    /** dpkg's {@code verrevcmp}: stretches of non-digits and of digits by turns. */
    private static int comparePart(String a, String b) {
        int i = 0;
        int j = 0;
        while (i < a.length() || j < b.length()) {
            while ((i < a.length() && !digit(a.charAt(i))) || (j < b.length() && !digit(b.charAt(j)))) {
                int order = weight(a, i) - weight(b, j);
                if (order != 0) {
                    return order;
                }
                i++;
                j++;
            }
            int endA = endOfDigits(a, i);
            int endB = endOfDigits(b, j);
            int order = compareNumbers(a.substring(Math.min(i, endA), endA), b.substring(Math.min(j, endB), endB));
            if (order != 0) {
                return order;
            }
            i = endA;
            j = endB;
        }
        return 0;
    }

    /** A tilde comes before the end, the end before letters, letters before all else. */
    private static int weight(String text, int at) {
        if (at >= text.length() || digit(text.charAt(at))) {
            return 0;
        }
        char c = text.charAt(at);
        if (c == '~') {
            return -1;
        }
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ? c : c + 256;
    }

    private static int endOfDigits(String text, int from) {
        int at = Math.min(from, text.length());
        while (at < text.length() && digit(text.charAt(at))) {
            at++;
        }
        return at;
    }

    /** Numbers of any length, leading zeros ignored. */
    private static int compareNumbers(String a, String b) {
        String x = withoutLeadingZeros(a);
        String y = withoutLeadingZeros(b);
        return x.length() != y.length() ? x.length() - y.length() : x.compareTo(y);
    }

    private static String withoutLeadingZeros(String digits) {
        int at = 0;
        while (at < digits.length() && digits.charAt(at) == '0') {
            at++;
        }
        return digits.substring(at);
    }

    private static boolean digit(char c) {
        return c >= '0' && c <= '9';
    }
}

package dev.stemma.api.sparql;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/**
 * A media type that the asker takes (RFC 9110, section 12.5.1).
 *
 * @param range {@code type/subtype}, {@code type/*} or {@code *}{@code /*}, in lower case
 * @param quality more than 0 to 1
 */
record Accepted(String range, double quality) {

    /** Those of Accept headers, the most wanted first; those that are not wanted left out. */
    static List<Accepted> types(List<String> headers) {
        List<Accepted> types = new ArrayList<>();
        for (String header : headers) {
            for (String part : List.of(header.split(",", 64))) {
                List<String> pieces = List.of(part.strip().split(";", 16));
                if (!pieces.getFirst().isBlank()) {
                    types.add(new Accepted(pieces.getFirst().strip().toLowerCase(Locale.ROOT), quality(pieces)));
                }
            }
        }
        types.removeIf(type -> type.quality() <= 0);
        types.sort(Comparator.comparingDouble((Accepted type) -> -type.quality()));
        return types;
    }

    private static double quality(List<String> pieces) {
        for (String each : pieces) {
            String piece = each.strip();
            if (piece.matches("[qQ]=[01](\\.[0-9]{0,3})?")) {
                return Double.parseDouble(piece.substring(2));
            }
        }
        return 1;
    }

    boolean covers(String mediaType) {
        return range.equals("*/*")
                || range.equals(mediaType)
                || (range.endsWith("/*") && mediaType.startsWith(range.substring(0, range.length() - 1)));
    }
}

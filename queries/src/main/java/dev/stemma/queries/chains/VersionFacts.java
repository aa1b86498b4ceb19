package dev.stemma.queries.chains;

import dev.stemma.graph.store.Row;
import dev.stemma.queries.lineage.Warning;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A version in its chain.
 *
 * @param number {@code 1.2}
 * @param ordinal 2
 * @param since when it came to this chain
 * @param state {@code ACTIVE}, {@code DEPRECATED}, {@code REVOKED} or {@code DELETED}
 * @param author who checked it in
 * @param message why, in the author's words
 * @param content digest of its image manifest in the content store
 * @param collectedAt when its bytes were let go of; empty while they are there
 * @param virtualBytes size that a guest sees
 * @param storedBytes what the content store took for it at check-in
 * @param channels that point to it, by name, at most {@value #MAX_LISTED}
 * @param branches how many were opened
 * @param former where it was before, latest first, at most {@value #MAX_LISTED}
 * @param warnings what became of its ancestors
 */
public record VersionFacts(
        String imageId,
        String number,
        long ordinal,
        Optional<Instant> since,
        String state,
        Optional<String> author,
        Optional<String> message,
        Optional<Instant> checkedInAt,
        Optional<String> inventoryId,
        Optional<String> content,
        Optional<Instant> collectedAt,
        Optional<Long> virtualBytes,
        Optional<Long> storedBytes,
        List<String> channels,
        long branches,
        List<Former> former,
        List<Warning> warnings) {

    /** See {@link #channels} and {@link #former}. */
    public static final int MAX_LISTED = 50;

    public VersionFacts {
        channels = List.copyOf(channels);
        former = List.copyOf(former);
        warnings = List.copyOf(warnings);
    }

    /** A place that it had, which still finds it. */
    public record Former(String chain, String number, Optional<Instant> since, Optional<Instant> until) {}

    static VersionFacts of(Row row, List<Warning> warnings) {
        return new VersionFacts(
                row.text("imageId"),
                row.text("number"),
                row.number("ordinal"),
                row.findInstant("since"),
                row.text("state"),
                row.findText("author"),
                row.findText("message"),
                row.findInstant("checkedInAt"),
                row.findText("inventoryId"),
                row.findText("content"),
                row.findInstant("collectedAt"),
                row.findNumber("virtualBytes"),
                row.findNumber("storedBytes"),
                row.texts("channels"),
                row.number("branches"),
                row.rows("former").stream()
                        .map(former -> new Former(
                                former.text("chain"),
                                former.text("number"),
                                former.findInstant("since"),
                                former.findInstant("until")))
                        .toList(),
                warnings);
    }
}

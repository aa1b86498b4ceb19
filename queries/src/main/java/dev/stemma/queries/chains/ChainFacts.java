package dev.stemma.queries.chains;

import dev.stemma.graph.store.Row;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A version chain in brief.
 *
 * @param id {@code chn-…}
 * @param versions how many are in it now
 * @param head the newest of them, whatever its state; empty when all were moved to other chains
 * @param channels by name, at most {@value #MAX_CHANNELS}
 * @param changedAt when a version came or went, or a channel was pointed elsewhere, last
 */
public record ChainFacts(
        String id,
        String name,
        long versions,
        Optional<Head> head,
        List<Channel> channels,
        Optional<Instant> createdAt,
        Optional<Instant> changedAt) {

    /** See {@link #channels}. */
    public static final int MAX_CHANNELS = 100;

    public ChainFacts {
        channels = List.copyOf(channels);
    }

    /**
     * The newest version.
     *
     * @param number {@code 1.4}
     * @param state {@code ACTIVE}, {@code DEPRECATED}, {@code REVOKED} or {@code DELETED}
     */
    public record Head(String imageId, String number, String state) {}

    /**
     * A channel.
     *
     * @param number of the version that it points to
     * @param since when it was pointed there
     */
    public record Channel(String name, String imageId, String number, Optional<Instant> since) {}

    static ChainFacts of(Row row) {
        return new ChainFacts(
                row.text("id"),
                row.text("name"),
                row.number("versions"),
                row.rows("head").stream()
                        .map(head -> new Head(
                                head.text("imageId"),
                                head.text("number"),
                                head.findText("state").orElse("ACTIVE")))
                        .findFirst(),
                row.rows("channels").stream()
                        .map(channel -> new Channel(
                                channel.text("name"),
                                channel.text("imageId"),
                                channel.text("number"),
                                channel.findInstant("since")))
                        .toList(),
                row.findInstant("createdAt"),
                row.findInstant("changedAt"));
    }
}

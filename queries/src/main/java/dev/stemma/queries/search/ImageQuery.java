package dev.stemma.queries.search;

import dev.stemma.queries.moment.AsOf;
import java.util.List;
import java.util.Optional;

/**
 * Which images are looked for, and when.
 *
 * @param at the moment as of which they are; empty for now
 */
public record ImageQuery(Condition condition, Optional<AsOf> at) {

    /** Starts with the empty query, which finds every image. */
    public static ImageQueryBuilder where() {
        return new ImageQueryBuilder();
    }

    /** Whether it can only be answered for images that were indexed. */
    public boolean needsInventory() {
        return ConditionBounds.leaves(condition).stream().anyMatch(ConditionBounds::inside);
    }

    /** The same as of a moment; empty leaves it as it is. */
    public ImageQuery asOf(Optional<AsOf> moment) {
        return moment.isEmpty() ? this : new ImageQuery(condition, moment);
    }

    /** Images that this one and another find. */
    public ImageQuery and(ImageQuery other) {
        return new ImageQuery(new Condition.All(List.of(condition, other.condition())), at.or(other::at));
    }
}

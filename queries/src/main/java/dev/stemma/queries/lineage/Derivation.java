package dev.stemma.queries.lineage;

import dev.stemma.graph.model.Basis;
import java.time.Instant;
import java.util.Optional;

/**
 * One image derives from another.
 *
 * @param kind {@code backing-file}, {@code copy}, …
 * @param confidence 0 to 1, for an inferred one
 * @param evidence what speaks for it
 * @param since when it was recorded, first observed or inferred
 * @param activity id of the recorded activity that made it
 * @param agent who or what did it
 */
public record Derivation(
        String childId,
        String parentId,
        String kind,
        Basis basis,
        Optional<Double> confidence,
        Optional<String> evidence,
        Optional<Instant> since,
        Optional<String> activity,
        Optional<String> agent) {}

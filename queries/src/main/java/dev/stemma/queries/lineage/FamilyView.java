package dev.stemma.queries.lineage;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The family of one image.
 *
 * @param imageId the image asked about, or the machine: then the family is that of the image that it runs
 * @param relatives itself, all its ancestors and all its descendants, by distance, then name
 * @param derivations among them, child to parent
 * @param complete false when a bound on depth or size was met and there is more
 * @param cyclic whether the derivations run in a circle, which no true history does
 * @param at as of when; empty for now
 */
public record FamilyView(
        String imageId,
        List<Relative> relatives,
        List<Derivation> derivations,
        boolean complete,
        boolean cyclic,
        Optional<Instant> at) {

    public FamilyView {
        relatives = List.copyOf(relatives);
        derivations = List.copyOf(derivations);
    }

    /** The same, asked of a machine that runs the image. */
    public FamilyView ofMachine(String machineId) {
        return new FamilyView(machineId, relatives, derivations, complete, cyclic, at);
    }

    /** The images it derives from, nearest first. */
    public List<Relative> ancestors() {
        return relatives.stream()
                .filter(relative -> relative.distance() < 0)
                .sorted(java.util.Comparator.comparingInt(relative -> -relative.distance()))
                .toList();
    }

    /** The images that derive from it, nearest first. */
    public List<Relative> descendants() {
        return relatives.stream().filter(relative -> relative.distance() > 0).toList();
    }
}

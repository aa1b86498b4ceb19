package dev.stemma.queries.similarity;

import java.util.List;
import java.util.Optional;

/** Says of an inventory why it is like the one asked about. Not thread-safe. */
final class Reasons {

    private final ElementSets sets;
    private final String askedId;
    private final Trait trait;

    Reasons(ElementSets sets, String askedId, Trait trait) {
        this.sets = sets;
        this.askedId = askedId;
        this.trait = trait;
    }

    /** An inventory that was compared exactly. */
    Similar exact(Ranking.Ranked ranked, List<Similar.ImageName> images) {
        return similar(
                ranked.candidate(),
                images,
                Optional.of(ranked.similarity()),
                Optional.of(ranked.overlap().shared(trait)),
                Optional.of(reason(ranked)));
    }

    /** An inventory of which there is an estimate alone. */
    static Similar estimated(Ranking.Candidate candidate, List<Similar.ImageName> images) {
        return similar(candidate, images, Optional.empty(), Optional.empty(), Optional.empty());
    }

    private static Similar similar(
            Ranking.Candidate candidate,
            List<Similar.ImageName> images,
            Optional<Double> exact,
            Optional<Long> shared,
            Optional<Similar.Reason> reason) {
        return new Similar(
                candidate.inventoryId(),
                images.subList(0, Math.min(images.size(), Similar.MAX_IMAGES)),
                images.size(),
                candidate.estimate(),
                exact,
                shared,
                candidate.size(),
                reason);
    }

    Similar.Reason reason(Ranking.Ranked ranked) {
        String otherId = ranked.inventoryId();
        ElementSet asked = sets.of(askedId, Trait.PACKAGES);
        ElementSet other = sets.of(otherId, Trait.PACKAGES);
        Overlap overlap = ranked.overlap();
        return new Similar.Reason(
                overlap.ofAsked(trait),
                overlap.ofOther(trait),
                trait.ofFiles() ? asked.overlap(other) : overlap,
                trait.ofFiles() ? Optional.of(overlap) : Optional.empty(),
                sets.purls(askedId, asked.without(other, Similar.Reason.MAX_NAMES)),
                sets.purls(otherId, other.without(asked, Similar.Reason.MAX_NAMES)));
    }
}

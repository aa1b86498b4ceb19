package dev.stemma.queries.report;

import dev.stemma.queries.drift.PackageChange;
import dev.stemma.queries.inventory.ImageView;
import dev.stemma.queries.lineage.Derivation;
import dev.stemma.queries.lineage.Relative;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Where an image came from, step by step, and what changed at each step.
 *
 * @param generatedAt when the report was made
 * @param image the image and what is known of it
 * @param steps from the image up to its root, nearest first
 * @param otherParents derivations of images on the way that the chain does not follow
 * @param descendants images that derive from this one, nearest first
 * @param unknown what is not known, in sentences; an auditor reads this first
 */
public record LineageReport(
        Instant generatedAt,
        ImageView image,
        List<Step> steps,
        List<Derivation> otherParents,
        List<Relative> descendants,
        List<String> unknown) {

    public LineageReport {
        steps = List.copyOf(steps);
        otherParents = List.copyOf(otherParents);
        descendants = List.copyOf(descendants);
        unknown = List.copyOf(unknown);
    }

    /**
     * One derivation of the chain.
     *
     * @param drift empty when one of both ends has no inventory
     */
    public record Step(Relative child, Relative parent, Derivation derivation, Optional<Drift> drift) {}

    /**
     * What changed from parent to child, in brief.
     *
     * @param packages changes, at most {@value #MAX_PACKAGES}
     * @param packageCount how many there are altogether
     * @param files empty when one side has no files
     * @param notes what to know about the comparison
     */
    public record Drift(List<PackageChange> packages, long packageCount, Optional<Files> files, List<String> notes) {

        /** See {@link #packages}. */
        public static final int MAX_PACKAGES = 500;

        public Drift {
            packages = List.copyOf(packages);
            notes = List.copyOf(notes);
        }
    }

    /**
     * File changes.
     *
     * @param unowned how many of them are of paths that no package brought
     * @param examples some of the unowned paths, escaped, at most {@value #MAX_EXAMPLES}
     */
    public record Files(long added, long removed, long changed, long unowned, List<String> examples) {

        /** See {@link #examples}. */
        public static final int MAX_EXAMPLES = 50;

        public Files {
            examples = List.copyOf(examples);
        }
    }
}

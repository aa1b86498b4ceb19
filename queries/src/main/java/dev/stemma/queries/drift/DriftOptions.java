package dev.stemma.queries.drift;

import dev.stemma.queries.page.PageRequest;
import java.util.EnumSet;
import java.util.Set;

/**
 * What a drift answer should hold.
 *
 * @param parts what to compare; when it is packages, files and the system, the answer also ranks what may matter
 * @param noise whether to list noise among the file changes; it is counted in any case
 * @param page which of the file changes to list; the summary counts all of them
 */
public record DriftOptions(Set<Part> parts, boolean noise, PageRequest page) {

    public DriftOptions {
        parts = Set.copyOf(parts);
    }

    /** What can be compared. */
    public enum Part {
        PACKAGES,
        FILES,
        /** What the machine is: services, accounts, boot, identity, network. */
        SYSTEM,
        /** Files where configuration lies alone, and as texts. */
        CONFIGURATION
    }

    /** Configuration as texts, and nothing else. */
    public static DriftOptions configuration(PageRequest page) {
        return new DriftOptions(Set.of(Part.CONFIGURATION), false, page);
    }

    /** Everything but texts, without noise. */
    public static DriftOptions all(PageRequest page) {
        return new DriftOptions(EnumSet.of(Part.PACKAGES, Part.FILES, Part.SYSTEM), false, page);
    }

    /** Everything but texts, with the first file changes up to a limit. */
    public static DriftOptions all(int limit) {
        return all(PageRequest.first(limit));
    }

    boolean has(Part part) {
        return parts.contains(part);
    }

    /** Whether trees are walked. */
    boolean walks() {
        return has(Part.FILES) || has(Part.CONFIGURATION);
    }

    boolean ranks() {
        return has(Part.PACKAGES) && has(Part.FILES) && has(Part.SYSTEM);
    }
}

package dev.stemma.queries.drift;

import dev.stemma.queries.page.Page;
import java.util.List;

/**
 * The files that differ.
 *
 * @param changes a page of them, by file system and path; directories are listed only for their own attributes, or when
 *     they came or went
 * @param added how many paths came
 * @param removed how many paths went
 * @param changed how many paths are on both sides and differ
 * @param byOwner how many changes each package's paths have, most first; the unowned stand under an empty purl
 * @param complete false when a bound was met and there are more changes than were counted
 */
public record FileDrift(
        Page<FileChange> changes, long added, long removed, long changed, List<OwnerCount> byOwner, boolean complete) {

    public FileDrift {
        byOwner = List.copyOf(byOwner);
    }

    /**
     * Changes among the paths of one package.
     *
     * @param purl empty for paths that no package brought
     */
    public record OwnerCount(String purl, long added, long removed, long changed) {}
}

package dev.stemma.queries.drift;

import dev.stemma.queries.page.Page;
import java.util.List;

/**
 * The files that differ. Noise is what changes by itself; it is counted apart from all else.
 *
 * @param changes a page of them, by file system and path; directories are listed only for their own attributes, or when
 *     they came or went; noise is among them when it was asked for
 * @param added how many paths came, without noise
 * @param removed how many paths went, without noise
 * @param changed how many paths are on both sides and differ, without noise
 * @param byOwner how many changes each package's paths have, most first, without noise; the unowned stand under an empty purl
 * @param noise how much is noise, by rule, most first
 * @param complete false when a bound was met and there are more changes than were counted
 */
public record FileDrift(
        Page<FileChange> changes,
        long added,
        long removed,
        long changed,
        List<OwnerCount> byOwner,
        List<NoiseCount> noise,
        boolean complete) {

    public FileDrift {
        byOwner = List.copyOf(byOwner);
        noise = List.copyOf(noise);
    }

    /**
     * Changes among the paths of one package.
     *
     * @param purl empty for paths that no package brought
     */
    public record OwnerCount(String purl, long added, long removed, long changed) {}

    /**
     * Changes that one rule takes for noise.
     *
     * @param rule its name, {@code logs}
     * @param why in a few words
     * @param paths how many
     */
    public record NoiseCount(String rule, String why, long paths) {}
}

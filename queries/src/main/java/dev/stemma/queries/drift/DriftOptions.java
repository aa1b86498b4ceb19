package dev.stemma.queries.drift;

import dev.stemma.queries.page.PageRequest;

/**
 * What a drift answer should hold.
 *
 * @param files whether to compare files
 * @param packages whether to compare packages
 * @param owners whether to find the package that brought each changed path
 * @param configuration whether to compare files where configuration lies alone, and as texts
 * @param page which of the file changes to list; the summary counts all of them
 */
public record DriftOptions(boolean packages, boolean files, boolean owners, boolean configuration, PageRequest page) {

    /** Whole files. */
    public DriftOptions(boolean packages, boolean files, boolean owners, PageRequest page) {
        this(packages, files, owners, false, page);
    }

    /** Configuration as texts, and nothing else. */
    public static DriftOptions configuration(PageRequest page) {
        return new DriftOptions(false, true, true, true, page);
    }

    /** Everything, with the first file changes up to a limit. */
    public static DriftOptions all(int limit) {
        return new DriftOptions(true, true, true, PageRequest.first(limit));
    }
}

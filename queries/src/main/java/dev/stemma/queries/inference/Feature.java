package dev.stemma.queries.inference;

import java.util.Locale;

/**
 * What is looked at when an image may have been made from another. Counts count as the logarithm of one more than themselves. Its weight
 * ({@link Weights}) says how much the log-odds rise with one unit.
 */
enum Feature {
    /** There is a parent at all. */
    PARENT(""),
    PACKAGES_SHARED("of all packages of the two, %.0f %% are in both in the same version"),
    PACKAGES_ADDED("%d packages were added"),
    PACKAGES_REMOVED("%d packages of the parent are gone without a trace"),
    PACKAGES_LEFT_OVER("%d removed packages of the parent left their configuration behind"),
    PACKAGES_UPGRADED("%d packages are newer than in the parent"),
    PACKAGES_DOWNGRADED("%d packages are older than in the parent"),
    LEFTOVERS_GONE("%d packages that were removed from the parent are whole here, or wholly gone"),
    OWN_SHARED("%.0f %% of the files that the parent's system wrote are here, unchanged"),
    OWN_ADDED("%d files that no package brought were added"),
    OWN_REMOVED("%d files that the parent's system wrote are missing"),
    OWN_CHANGED("%d files that the system wrote were changed"),
    OWN_TIMES("%.0f %% of the equal files that a running system wrote were written at the very same time"),
    OWN_INODES("%.0f %% of them also have the same inode, as only a copy of the disk has it"),
    WRITINGS_SHARED("%.0f %% of what systems wrote here was already in the parent"),
    WRITINGS_NEW("%d files were written since"),
    OWN_OLDER("%d files are older than in the parent"),
    SHARED_TIMES("some files were written by one running system before the two parted"),
    PARENT_WENT_ON("the parent was written to for %.1f days after the two parted"),
    PARENT_STOOD_STILL("nothing was written to the parent since the two parted"),
    NONE_OLDER("no file is older than in the parent"),
    NEAREST("of all images that it may come from it is the nearest"),
    NEARER_PARTED("with another image it has a history in common for %.1f days more"),
    FARTHER("another image that it may come from is nearer"),
    PARTED("they parted %.1f days before this one was last written to"),
    SYSTEM_SHARED("%.0f %% of all other files are the same"),
    SAME_FILE_SYSTEM("both have the file system %s"),
    OTHER_FILE_SYSTEM("their file systems were made apart"),
    LATER_FILE_SYSTEM("its file system was made after the parent's"),
    EARLIER_FILE_SYSTEM("its file system was made before the parent's"),
    SAME_MACHINE_ID("both have the machine id %s"),
    MACHINE_ID_SET("the parent has no machine id yet, and this one has"),
    MACHINE_ID_CLEARED("the parent's machine id was cleared"),
    OTHER_MACHINE_ID("the machine id was made anew"),
    SAME_HOST_KEYS("both have the same SSH host keys"),
    HOST_KEYS_MADE("the parent has no SSH host keys yet, and this one has"),
    HOST_KEYS_CLEARED("the parent's SSH host keys were taken away"),
    OTHER_HOST_KEYS("the SSH host keys were made anew"),
    CHANGES_LATER("%.0f %% of what was changed or added is newer than everything in the parent"),
    PARENT_NEWER("the parent was written to later than this one"),
    LOG_CONTINUED("its package log goes on where the parent's ends"),
    LOG_ADDED("%d entries follow in its package log"),
    LOG_BEHIND("the parent's package log goes on where this one's ends"),
    LOG_FORKED("the parent's package log has %d entries that this one's lacks"),
    LOG_APART("their package logs have nothing in common");

    private final String words;

    Feature(String words) {
        this.words = words;
    }

    boolean told() {
        return !words.isEmpty();
    }

    String words(Object value) {
        return words.contains("%") ? String.format(Locale.ROOT, words, value) : words;
    }

    boolean count() {
        return words.contains("%d");
    }

    boolean days() {
        return words.contains("%.1f");
    }
}

package dev.stemma.queries.inference;

import dev.stemma.queries.inference.ImageTraits.PackageMark;
import dev.stemma.queries.version.VersionOrder;
import java.time.Instant;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Holds an image against one that may be its parent. The features are found once and never change. */
final class Comparison {

    private static final double NANOS_A_DAY = 86_400e9;

    /** Files of one path, content and time that two systems do not write by chance. */
    private static final int LEAST_WRITINGS = 3;

    private final ImageTraits parent;
    private final ImageTraits child;
    private final Map<Feature, Double> values = new EnumMap<>(Feature.class);
    private String sharedFileSystem = "";
    private long parted;
    private Kinship kinship = Kinship.UNKNOWN;

    /** What kind of pair it is; each has weights of its own, since what one can tell another cannot. */
    enum Kinship {
        /** Both hold files that one running system wrote at one time: they have a history in common. */
        WRITINGS,
        /** Times are known, and no such files. */
        NO_WRITINGS,
        /** Times of files are not known. */
        UNKNOWN
    }

    Comparison(ImageTraits parent, ImageTraits child) {
        this.parent = parent;
        this.child = child;
        set(Feature.PARENT, 1);
        packages();
        ownFiles();
        systemFiles();
        fileSystems();
        identity();
        logs();
    }

    /** Holds the candidates of one child against one another, and notes which is nearest; to be done once, before they are scored. */
    static void rank(Collection<Comparison> candidates) {
        long latest = 0;
        long least = Long.MAX_VALUE;
        for (Comparison each : candidates) {
            if (each.value(Feature.PARENT_NEWER) == 0) {
                latest = Math.max(latest, each.parted);
            }
            if (each.plausible()) {
                least = Math.min(least, each.distance());
            }
        }
        for (Comparison each : candidates) {
            if (each.kinship == Kinship.WRITINGS) {
                boolean nearest = each.parted >= latest
                        && each.value(Feature.PARENT_STOOD_STILL) == 1
                        && each.value(Feature.PARENT_NEWER) == 0;
                each.set(Feature.NEAREST, nearest ? 1 : 0);
                each.set(Feature.NEARER_PARTED, days(latest - each.parted));
            } else if (each.kinship == Kinship.UNKNOWN && least < Long.MAX_VALUE) {
                each.set(Feature.NEAREST, each.plausible() && each.distance() == least ? 1 : 0);
                each.set(
                        Feature.FARTHER,
                        Math.max(0, Math.log1p((double) each.distance()) - Math.log1p((double) least)));
            }
        }
    }

    private boolean plausible() {
        return value(Feature.PACKAGES_DOWNGRADED) == 0
                && value(Feature.EARLIER_FILE_SYSTEM) == 0
                && value(Feature.LEFTOVERS_GONE) == 0;
    }

    private long distance() {
        return Stream.of(
                        Feature.PACKAGES_ADDED,
                        Feature.PACKAGES_REMOVED,
                        Feature.PACKAGES_LEFT_OVER,
                        Feature.PACKAGES_UPGRADED,
                        Feature.PACKAGES_DOWNGRADED,
                        Feature.OWN_ADDED,
                        Feature.OWN_REMOVED,
                        Feature.OWN_CHANGED)
                .mapToLong(feature -> Math.round(Math.expm1(value(feature))))
                .sum();
    }

    ImageTraits parent() {
        return parent;
    }

    ImageTraits child() {
        return child;
    }

    double value(Feature feature) {
        return values.getOrDefault(feature, 0.0);
    }

    Kinship kinship() {
        return kinship;
    }

    /** The log-odds against having no parent here. */
    double score(Weights weights) {
        double score = 0;
        for (Map.Entry<Feature, Double> each : values.entrySet()) {
            score += weights.of(kinship, each.getKey()) * each.getValue();
        }
        return score;
    }

    private void set(Feature feature, double value) {
        if (value == 0) {
            values.remove(feature);
        } else {
            values.put(feature, value);
        }
    }

    private void count(Feature feature, long count) {
        set(feature, Math.log1p((double) count));
    }

    private void packages() {
        if (parent.packages().isEmpty() || child.packages().isEmpty()) {
            return;
        }
        long shared = 0;
        long upgraded = 0;
        long downgraded = 0;
        long removed = 0;
        long leftOver = 0;
        long gone = 0;
        long there = 0;
        for (Map.Entry<String, PackageMark> each : parent.packages().entrySet()) {
            PackageMark before = each.getValue();
            PackageMark after = child.packages().get(each.getKey());
            boolean stays = after != null && after.present();
            if (!before.present()) {
                gone += after == null || stays ? 1 : 0;
                continue;
            }
            there++;
            if (after == null) {
                removed++;
            } else if (!stays) {
                leftOver++;
            } else if (before.version().equals(after.version())) {
                shared++;
            } else if (VersionOrder.of(before.ecosystem()).compare(before.version(), after.version()) <= 0) {
                upgraded++;
            } else {
                downgraded++;
            }
        }
        long present =
                child.packages().values().stream().filter(PackageMark::present).count();
        long together = there + present - shared;
        set(Feature.PACKAGES_SHARED, together == 0 ? 0 : (double) shared / together);
        count(Feature.PACKAGES_ADDED, present - shared - upgraded - downgraded);
        count(Feature.PACKAGES_REMOVED, removed);
        count(Feature.PACKAGES_LEFT_OVER, leftOver);
        count(Feature.PACKAGES_UPGRADED, upgraded);
        count(Feature.PACKAGES_DOWNGRADED, downgraded);
        count(Feature.LEFTOVERS_GONE, gone);
    }

    /** What a walk over two tables counts. */
    private static final class Tally implements FileTable.Visitor {
        private final long newestBefore;
        long same;
        long written;
        long sameTime;
        long sameInode;
        long changed;
        long removed;
        long added;
        long news;
        long later;
        long older;
        long newestShared;
        long newestAlone;

        Tally(long newestBefore) {
            this.newestBefore = newestBefore;
        }

        @Override
        public void both(boolean content, boolean inode, long before, long after) {
            if (!content) {
                changed++;
                news(after);
                if (after < before && FileTable.written(before)) {
                    older++;
                    newestAlone = Math.max(newestAlone, before);
                }
                return;
            }
            same++;
            if (FileTable.written(before) || FileTable.written(after)) {
                written++;
                boolean atOnce = FileTable.atOnce(before, after);
                sameTime += atOnce ? 1 : 0;
                newestShared = atOnce ? Math.max(newestShared, Math.max(before, after)) : newestShared;
                sameInode += atOnce && inode ? 1 : 0;
            }
        }

        @Override
        public void onlyHere(long time) {
            removed++;
            newestAlone = FileTable.written(time) ? Math.max(newestAlone, time) : newestAlone;
        }

        @Override
        public void onlyThere(long time) {
            added++;
            news(time);
        }

        private void news(long time) {
            if (FileTable.written(time)) {
                news++;
                later += time > newestBefore ? 1 : 0;
            }
        }
    }

    private static Tally tally(FileTable before, FileTable after) {
        Tally tally = new Tally(before.newest());
        before.compare(after, tally);
        return tally;
    }

    private void ownFiles() {
        if (parent.own().size() == 0 || child.own().size() == 0) {
            return;
        }
        Tally tally = tally(parent.own(), child.own());
        long before = tally.same + tally.changed + tally.removed;
        set(Feature.OWN_SHARED, before == 0 ? 0 : (double) tally.same / before);
        count(Feature.OWN_ADDED, tally.added);
        count(Feature.OWN_REMOVED, tally.removed);
        count(Feature.OWN_CHANGED, tally.changed);
        count(Feature.OWN_OLDER, tally.older);
        if (tally.newestShared > 0) {
            parted = tally.newestShared;
            set(Feature.SHARED_TIMES, 1);
            set(Feature.PARENT_WENT_ON, days(tally.newestAlone - tally.newestShared));
            set(Feature.PARENT_STOOD_STILL, tally.newestAlone <= tally.newestShared ? 1 : 0);
            set(Feature.NONE_OLDER, tally.older == 0 ? 1 : 0);
            set(Feature.PARTED, days(child.own().newest() - tally.newestShared));
        }
        if (tally.written > 0) {
            set(Feature.OWN_TIMES, (double) tally.sameTime / tally.written);
            set(Feature.OWN_INODES, (double) tally.sameInode / tally.written);
        }
        if (tally.news > 0 && parent.own().newest() > 0) {
            set(Feature.CHANGES_LATER, (double) tally.later / tally.news);
        }
        if (parent.own().newest() > 0 && child.own().newest() > 0) {
            kinship = tally.sameTime >= LEAST_WRITINGS ? Kinship.WRITINGS : Kinship.NO_WRITINGS;
            count(Feature.WRITINGS_NEW, tally.news);
            set(Feature.WRITINGS_SHARED, (double) tally.sameTime / Math.max(1, tally.sameTime + tally.news));
        }
        set(Feature.PARENT_NEWER, parent.own().newest() > child.own().newest() ? 1 : 0);
    }

    /** The logarithm of one more than so many days. */
    private static double days(long nanoseconds) {
        return Math.log1p(Math.max(0, nanoseconds) / NANOS_A_DAY);
    }

    private void systemFiles() {
        if (parent.system().size() == 0 || child.system().size() == 0) {
            return;
        }
        Tally tally = tally(parent.system(), child.system());
        long together = tally.same + 2 * tally.changed + tally.removed + tally.added;
        set(Feature.SYSTEM_SHARED, together == 0 ? 0 : (double) tally.same / together);
    }

    private void fileSystems() {
        if (parent.fileSystems().isEmpty() || child.fileSystems().isEmpty()) {
            return;
        }
        Set<String> both = new HashSet<>(parent.fileSystems().keySet());
        both.retainAll(child.fileSystems().keySet());
        // Two file systems of one UUID that were made at different times are not one.
        both.removeIf(uuid -> {
            Optional<Instant> before = parent.fileSystems().getOrDefault(uuid, Optional.empty());
            Optional<Instant> after = child.fileSystems().getOrDefault(uuid, Optional.empty());
            return before.isPresent() && after.isPresent() && !before.equals(after);
        });
        if (!both.isEmpty()) {
            sharedFileSystem = both.stream().sorted().findFirst().orElse("");
            set(Feature.SAME_FILE_SYSTEM, 1);
            return;
        }
        set(Feature.OTHER_FILE_SYSTEM, 1);
        Optional<Instant> before = newest(parent);
        Optional<Instant> after = newest(child);
        if (before.isPresent() && after.isPresent()) {
            int order = before.get().compareTo(after.get());
            set(Feature.LATER_FILE_SYSTEM, order < 0 ? 1 : 0);
            set(Feature.EARLIER_FILE_SYSTEM, order > 0 ? 1 : 0);
        }
    }

    private static Optional<Instant> newest(ImageTraits traits) {
        return traits.fileSystems().values().stream().flatMap(Optional::stream).max(Instant::compareTo);
    }

    private void identity() {
        if (!parent.identityKnown() || !child.identityKnown()) {
            return;
        }
        boolean before = parent.machineId().isPresent();
        boolean after = child.machineId().isPresent();
        if (before || after) {
            boolean same = parent.machineId().equals(child.machineId());
            set(
                    !before
                            ? Feature.MACHINE_ID_SET
                            : !after
                                    ? Feature.MACHINE_ID_CLEARED
                                    : same ? Feature.SAME_MACHINE_ID : Feature.OTHER_MACHINE_ID,
                    1);
        }
        boolean keysBefore = !parent.hostKeys().isEmpty();
        boolean keysAfter = !child.hostKeys().isEmpty();
        if (keysBefore || keysAfter) {
            boolean shared = parent.hostKeys().stream().anyMatch(child.hostKeys()::contains);
            set(
                    !keysBefore
                            ? Feature.HOST_KEYS_MADE
                            : !keysAfter
                                    ? Feature.HOST_KEYS_CLEARED
                                    : shared ? Feature.SAME_HOST_KEYS : Feature.OTHER_HOST_KEYS,
                    1);
        }
    }

    private void logs() {
        Places.LOGS.stream()
                .filter(path ->
                        !log(parent, path).isEmpty() && !log(child, path).isEmpty())
                .findFirst()
                .ifPresent(path -> logs(log(parent, path), log(child, path)));
    }

    private static List<Long> log(ImageTraits traits, String path) {
        return traits.logs().getOrDefault(path, List.of());
    }

    private void logs(List<Long> before, List<Long> after) {
        // The beginning of either may be gone: logs are rotated.
        int skipBefore = before.indexOf(after.getFirst());
        int skipAfter = skipBefore < 0 ? after.indexOf(before.getFirst()) : 0;
        if (skipAfter < 0) {
            set(Feature.LOG_APART, 1);
            return;
        }
        List<Long> b = before.subList(Math.max(0, skipBefore), before.size());
        List<Long> a = after.subList(skipAfter, after.size());
        int common = 0;
        int shorter = Math.min(b.size(), a.size());
        while (common < shorter && b.get(common).equals(a.get(common))) {
            common++;
        }
        if (common == b.size()) {
            set(Feature.LOG_CONTINUED, 1);
            count(Feature.LOG_ADDED, a.size() - (long) common);
        } else if (common == a.size()) {
            set(Feature.LOG_BEHIND, 1);
        } else {
            count(Feature.LOG_FORKED, b.size() - (long) common);
        }
    }

    /** What a feature says here, in words. */
    String words(Feature feature) {
        double value = value(feature);
        return feature.words(
                switch (feature) {
                    case SAME_FILE_SYSTEM -> sharedFileSystem;
                    case SAME_MACHINE_ID -> child.machineId().orElse("");
                    default ->
                        feature.count()
                                ? (Object) Math.round(Math.expm1(value))
                                : (Object) (feature.days() ? Math.expm1(value) : 100 * value);
                });
    }
}

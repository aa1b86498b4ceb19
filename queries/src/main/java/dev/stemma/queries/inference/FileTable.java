package dev.stemma.queries.inference;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.PriorityQueue;
import java.util.Set;

/**
 * Files of one image by the hash of their path, bounded. Of more files than the bound those are kept whose hashes are smallest: the
 * same ones of each image, so that two samples can be compared (bottom-k sampling, Cohen and Kaplan 2007). Immutable.
 */
public final class FileTable {

    /** None. */
    public static final FileTable EMPTY = new FileTable(List.of(), -1L);

    private static final long SECOND = 1_000_000_000L;

    private final long[] paths;
    private final long[] contents;
    private final long[] inodes;
    private final long[] times;
    private final long last;
    private final long newest;

    /**
     * A file.
     *
     * @param path hash of its path
     * @param content hash of its content
     * @param inode its number; 0 where it is not known
     * @param modified nanoseconds since 1970; 0 where it is not known
     */
    public record Mark(long path, long content, long inode, long modified) {}

    private FileTable(List<Mark> marks, long last) {
        paths = marks.stream().mapToLong(Mark::path).toArray();
        contents = marks.stream().mapToLong(Mark::content).toArray();
        inodes = marks.stream().mapToLong(Mark::inode).toArray();
        times = marks.stream().mapToLong(Mark::modified).toArray();
        newest = marks.stream()
                .mapToLong(Mark::modified)
                .filter(FileTable::written)
                .max()
                .orElse(0);
        this.last = last;
    }

    /** Collects files; not thread-safe, used once. */
    public static final class Builder {

        private static final Comparator<Mark> ORDER = Comparator.comparing(Mark::path, Long::compareUnsigned);

        private final int max;
        private final PriorityQueue<Mark> kept = new PriorityQueue<>(ORDER.reversed());
        private boolean dropped;

        /** @param max files that are kept, 1 to 100,000 */
        public Builder(int max) {
            this.max = max;
        }

        /** Adds a file. */
        public void add(Mark mark) {
            kept.add(mark);
            if (kept.size() > max) {
                kept.remove();
                dropped = true;
            }
        }

        /** The table. Of two files with one path hash the first is kept. */
        public FileTable build() {
            List<Mark> sorted = new ArrayList<>(kept);
            sorted.sort(ORDER);
            List<Mark> unique = new ArrayList<>(sorted.size());
            for (Mark mark : sorted) {
                if (unique.isEmpty() || unique.getLast().path() != mark.path()) {
                    unique.add(mark);
                }
            }
            return new FileTable(unique, dropped ? unique.getLast().path() : -1L);
        }
    }

    /** How many files. */
    public int size() {
        return paths.length;
    }

    /** When a running system last wrote one of them, in nanoseconds since 1970; 0 where that is not known. */
    public long newest() {
        return newest;
    }

    /** What a comparison tells of each path that either has, in the order of paths. */
    interface Visitor {
        /** Both have it. */
        void both(boolean sameContent, boolean sameInode, long timeHere, long timeThere);

        /** Only this one has it. */
        void onlyHere(long time);

        /** Only the other one has it. */
        void onlyThere(long time);
    }

    /** Goes through the paths that both samples cover. */
    void compare(FileTable other, Visitor visitor) {
        long end = Long.compareUnsigned(last, other.last) < 0 ? last : other.last;
        int i = 0;
        int k = 0;
        while (i < paths.length || k < other.paths.length) {
            boolean here = i < paths.length && Long.compareUnsigned(paths[i], end) <= 0;
            boolean there = k < other.paths.length && Long.compareUnsigned(other.paths[k], end) <= 0;
            if (!here && !there) {
                return;
            }
            int order = !here ? 1 : !there ? -1 : Long.compareUnsigned(paths[i], other.paths[k]);
            if (order < 0) {
                visitor.onlyHere(times[i++]);
            } else if (order > 0) {
                visitor.onlyThere(other.times[k++]);
            } else {
                visitor.both(
                        contents[i] == other.contents[k],
                        inodes[i] == other.inodes[k] && inodes[i] != 0,
                        times[i],
                        other.times[k]);
                i++;
                k++;
            }
        }
    }

    /**
     * Whether a running system wrote a file at a time: what was unpacked from a package has a time of whole seconds, which is the same
     * wherever it is unpacked.
     */
    static boolean written(long time) {
        return time % SECOND != 0;
    }

    /** Whether two times are one; archives keep but the seconds of some. */
    static boolean atOnce(long a, long b) {
        return a == b || ((!written(a) || !written(b)) && Math.floorDiv(a, SECOND) == Math.floorDiv(b, SECOND));
    }

    /** All its files, as hashes of path and content together. */
    Set<Long> contents() {
        Set<Long> elements = new HashSet<>();
        for (int i = 0; i < paths.length; i++) {
            elements.add(mix(paths[i] + mix(contents[i])));
        }
        return elements;
    }

    /** The files that a running system wrote, as hashes of path, content and time together. */
    Set<Long> writings() {
        Set<Long> writings = new HashSet<>();
        for (int i = 0; i < paths.length; i++) {
            if (written(times[i])) {
                writings.add(mix(paths[i] + mix(contents[i] + mix(times[i]))));
            }
        }
        return writings;
    }

    /** The finalizer of SplitMix64 (Steele, Lea and Flood 2014). */
    static long mix(long x) {
        long y = (x ^ (x >>> 30)) * 0xbf58476d1ce4e5b9L;
        y = (y ^ (y >>> 27)) * 0x94d049bb133111ebL;
        return y ^ (y >>> 31);
    }
}

package dev.stemma.graph.tree;

import dev.stemma.graph.id.Digest;
import dev.stemma.graph.model.GuestName;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * Splits one directory by content-defined boundaries while its entries arrive, level above level. Where a chunk ends
 * depends on names alone (as in prolly trees and content-defined chunking), so a changed file changes one chunk a level,
 * and the result is a function of the sorted entries whatever happened before. Holds at most {@link #INLINE} items a level.
 *
 * <p>A guest chooses names and so can choose boundaries: {@link #MIN} makes each level at least four times smaller,
 * {@link #MAX} bounds a chunk.
 */
final class Splitter {

    /** What one node holds without being split: entries of a directory, or chunks of a list. */
    static final int INLINE = 32;
    /** Fewest items of a chunk, the last of a level apart. */
    static final int MIN = 8;
    /** Most items of a chunk. */
    static final int MAX = 64;
    /** After {@link #MIN} items, one name in so many ends a chunk: 16 items on average. */
    static final int ODDS = 8;

    private final Consumer<TreeNode> sink;
    private final List<TreeEntry> entries = new ArrayList<>();
    private boolean split;
    private final List<Level> levels = new ArrayList<>();

    Splitter(Consumer<TreeNode> sink) {
        this.sink = sink;
    }

    void add(TreeEntry entry) {
        if (split) {
            addSplit(entry);
            return;
        }
        entries.add(entry);
        if (entries.size() > INLINE) {
            split = true;
            List<TreeEntry> soFar = List.copyOf(entries);
            entries.clear();
            soFar.forEach(this::addSplit);
        }
    }

    private void addSplit(TreeEntry entry) {
        entries.add(entry);
        long hash = hash(entry.name());
        if (ends(entries.size(), hash, 0)) {
            flushEntries(hash);
        }
    }

    private void flushEntries(long lastHash) {
        Chunk chunk = new TreeNode.Content.Entries(entries).asChunk();
        entries.clear();
        sink.accept(chunk);
        level(0).add(chunk.id(), lastHash);
    }

    private Level level(int index) {
        while (levels.size() <= index) {
            levels.add(new Level(levels.size()));
        }
        return levels.get(index);
    }

    /** No more entries: hands over what is left and then the directory itself. */
    DirectoryNode finish() {
        DirectoryNode directory;
        if (!split) {
            directory = new TreeNode.Content.Entries(entries).asDirectory();
        } else {
            if (!entries.isEmpty()) {
                flushEntries(0);
            }
            int top = 0;
            while (level(top).split) {
                level(top).flush(0);
                top++;
            }
            directory = new TreeNode.Content.Chunks(level(top).ids).asDirectory();
        }
        sink.accept(directory);
        return directory;
    }

    /** Chunks of one level, waiting to become a chunk of the next. */
    private final class Level {
        private final int index;
        private final List<Digest> ids = new ArrayList<>();
        private final List<Long> hashes = new ArrayList<>();
        private boolean split;

        Level(int index) {
            this.index = index;
        }

        void add(Digest id, long lastHash) {
            ids.add(id);
            hashes.add(lastHash);
            if (split) {
                flushAtBoundary(lastHash);
            } else if (ids.size() > INLINE) {
                split = true;
                List<Digest> soFar = List.copyOf(ids);
                List<Long> soFarHashes = List.copyOf(hashes);
                ids.clear();
                hashes.clear();
                for (int i = 0; i < soFar.size(); i++) {
                    add(soFar.get(i), soFarHashes.get(i));
                }
            }
        }

        private void flushAtBoundary(long lastHash) {
            if (ends(ids.size(), lastHash, index + 1)) {
                flush(lastHash);
            }
        }

        void flush(long lastHash) {
            if (ids.isEmpty()) {
                return;
            }
            Chunk chunk = new TreeNode.Content.Chunks(ids).asChunk();
            ids.clear();
            hashes.clear();
            sink.accept(chunk);
            level(index + 1).add(chunk.id(), lastHash);
        }
    }

    static boolean ends(int size, long hash, int level) {
        return size >= MAX
                || (size >= MIN && Long.remainderUnsigned(mix(hash + level * 0x9e3779b97f4a7c15L), ODDS) == 0);
    }

    /** FNV-1a, 64 bit. */
    static long hash(GuestName name) {
        long hash = 0xcbf29ce484222325L;
        for (int i = 0; i < name.length(); i++) {
            hash = (hash ^ (name.at(i) & 0xff)) * 0x100000001b3L;
        }
        return hash;
    }

    /** MurmurHash3's 64-bit finalizer. */
    private static long mix(long value) {
        long mixed = (value ^ (value >>> 33)) * 0xff51afd7ed558ccdL;
        mixed = (mixed ^ (mixed >>> 33)) * 0xc4ceb9fe1a85ec53L;
        return mixed ^ (mixed >>> 33);
    }
}

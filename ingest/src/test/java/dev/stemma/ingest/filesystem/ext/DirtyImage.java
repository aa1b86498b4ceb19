package dev.stemma.ingest.filesystem.ext;

import dev.stemma.ingest.filesystem.Tool;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * A file system with transactions in its journal, and the same as e2fsck leaves it, by {@code dirty-journal.sh}.
 *
 * @param places block of the image for each log block
 */
record DirtyImage(Path dirty, Path repaired, int blockBytes, List<Integer> places) {

    static DirtyImage make(Path work, String size, String journal, String mke2fs) throws IOException {
        Tool.require("mke2fs", "debugfs", "e2fsck", "cmp");
        List<Object> arguments = new ArrayList<>(List.of(work, size, journal));
        arguments.addAll(List.of(mke2fs.split(" ")));
        Tool.script(ExtOracleIT.class, "dirty-journal.sh", arguments.toArray());
        Path dirty = work.resolve("dirty");
        String facts = Tool.run(List.of("dumpe2fs", "-h", dirty.toString()));
        int blockBytes = Integer.parseInt(facts.replaceAll("(?s).*\\nBlock size: *(\\d+).*", "$1"));
        int blocks = Integer.parseInt(facts.replaceAll("(?s).*\\nTotal journal blocks: *(\\d+).*", "$1"));
        String commands =
                IntStream.range(0, blocks).mapToObj(i -> "bmap <8> " + i + "\n").collect(Collectors.joining());
        Files.writeString(work.resolve("bmap"), commands);
        List<Integer> places = Tool.run(
                        List.of("debugfs", "-f", work.resolve("bmap").toString(), dirty.toString()))
                .lines()
                .filter(line -> line.matches("\\d+"))
                .map(Integer::valueOf)
                .toList();
        if (places.size() != blocks) {
            throw new AssertionError("debugfs finds " + places.size() + " of " + blocks + " blocks of the journal");
        }
        return new DirtyImage(dirty, work.resolve("repaired"), blockBytes, places);
    }

    int journalBlocks() {
        return places.size();
    }

    /** Where in the image a byte of a log block lies. */
    long at(int logBlock, int offset) {
        return (long) places.get(logBlock) * blockBytes + offset;
    }

    /** Puts big-endian numbers into the image. */
    void put(long at, int... values) throws IOException {
        try (RandomAccessFile file = new RandomAccessFile(dirty.toFile(), "rw")) {
            file.seek(at);
            for (int value : values) {
                file.writeInt(value);
            }
        }
    }

    /** A big-endian number of the image. */
    int number(long at) throws IOException {
        try (RandomAccessFile file = new RandomAccessFile(dirty.toFile(), "r")) {
            file.seek(at);
            return file.readInt();
        }
    }

    /** Turns the ring of log blocks by so many, so that the transactions go over its end. */
    void turn(int by) throws IOException {
        byte[] image = Files.readAllBytes(dirty);
        byte[] turned = image.clone();
        int ring = journalBlocks() - 1;
        for (int i = 0; i < ring; i++) {
            System.arraycopy(image, (int) at(1 + i, 0), turned, (int) at(1 + (i + by) % ring, 0), blockBytes);
        }
        Files.write(dirty, turned);
        put(at(0, 0x1c), 1 + by % ring);
    }

    /** Puts a bit of the primary superblock's INCOMPAT features in or out; only without checksums. */
    void incompat(int bit, boolean set) throws IOException {
        int old = Integer.reverseBytes(number(1024 + 0x60));
        put(1024 + 0x60, Integer.reverseBytes(set ? old | bit : old & ~bit));
    }
}

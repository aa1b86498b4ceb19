package dev.stemma.ingest.fuzz;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * A target whose inputs damage images that real tools made. Each directory that {@link #make} leaves is one set of images that are
 * read together; the first byte of an input chooses the set.
 */
public abstract class ImageFuzz implements Fuzz {

    private final List<String> names = new ArrayList<>();
    private final List<List<Scratch>> sets = new ArrayList<>();
    private final List<Damage> damages = new ArrayList<>();

    /** Reads a damaged set. */
    protected abstract void read(String set, List<Scratch> images) throws Exception;

    /** Gives changed structures the checksums of what they say now, so that damage gets past them. */
    protected void seal(List<Scratch> images) {}

    @Override
    public void load(Path directory) throws Exception {
        for (Path set : list(directory)) {
            List<Scratch> images = new ArrayList<>();
            for (Path image : list(set)) {
                images.add(Scratch.of(image));
            }
            sets.add(images);
            damages.add(new Damage(images));
            names.add(String.valueOf(set.getFileName()));
        }
    }

    /** Each set as it is. */
    @Override
    public List<byte[]> seeds(Path directory) throws Exception {
        List<byte[]> seeds = new ArrayList<>();
        for (int i = 0; i < list(directory).size(); i++) {
            seeds.add(new byte[] {(byte) i});
        }
        return seeds;
    }

    @Override
    public final void run(byte[] input) throws Exception {
        int set = input.length == 0 ? 0 : (input[0] & 0xff) % sets.size();
        try {
            damages.get(set).apply(input);
            seal(sets.get(set));
            read(names.get(set), sets.get(set));
        } finally {
            damages.get(set).mend();
        }
    }

    /** A new directory for a set of images. */
    protected static Path set(Path directory, String name) throws IOException {
        return Files.createDirectories(directory.resolve(name));
    }

    /** Room beside it for what the images are made of; gone with the directory above both. */
    protected static Path work(Path directory) throws IOException {
        return Files.createDirectories(directory.resolveSibling("work"));
    }

    private static List<Path> list(Path directory) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.sorted().toList();
        }
    }
}

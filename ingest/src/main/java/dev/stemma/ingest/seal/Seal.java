package dev.stemma.ingest.seal;

import dev.stemma.graph.id.Digest;
import dev.stemma.ingest.bytes.HostFile.Stamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Says of an image that, as long as its files bear these stamps, a manifest speaks of its bytes.
 *
 * @param manifest what was read
 * @param files of the image and of all that it stands on, in the order in which they are opened
 * @param parts which reader read which file system
 */
public record Seal(Digest manifest, List<Stamp> files, List<Part> parts) {

    /** With a change of what digests mean, or of how parts are numbered, old seals must not be understood any more. */
    private static final String SIGNATURE = "stemma-seal 1";

    private static final String END = "end";
    private static final int MAX_LINES = 1 << 16;

    public Seal {
        files = List.copyOf(files);
        parts = List.copyOf(parts);
    }

    /**
     * A file system of the image.
     *
     * @param volume the disk's index
     * @param partition its number
     * @param reader with its version, which must read the same way again
     */
    public record Part(int volume, int partition, String reader) {}

    /** As text, for {@link #parse}. */
    String text() {
        StringBuilder text = new StringBuilder(SIGNATURE).append("\nmanifest ").append(manifest.hex());
        for (Stamp file : files) {
            text.append("\nfile ")
                    .append(file.key())
                    .append(' ')
                    .append(file.sizeBytes())
                    .append(' ')
                    .append(file.modifiedAt())
                    .append(' ')
                    .append(file.changedAt());
        }
        for (Part part : parts) {
            text.append("\npart ")
                    .append(part.volume)
                    .append(' ')
                    .append(part.partition)
                    .append(' ')
                    .append(part.reader);
        }
        return text.append('\n').append(END).append('\n').toString();
    }

    /** A seal from its text; empty for anything that {@link #text} did not write whole. */
    static Optional<Seal> parse(String text) {
        List<String> lines = text.lines().limit(MAX_LINES).toList();
        if (lines.size() < 3
                || !lines.getFirst().equals(SIGNATURE)
                || !lines.getLast().equals(END)) {
            return Optional.empty();
        }
        try {
            Digest manifest = Digest.parse(lines.get(1).substring("manifest ".length()));
            List<Stamp> files = new ArrayList<>();
            List<Part> parts = new ArrayList<>();
            for (String line : lines.subList(2, lines.size() - 1)) {
                String[] words = line.split(" ", -1);
                switch (words[0]) {
                    case "file" ->
                        files.add(new Stamp(
                                words[1], Long.parseLong(words[2]), Instant.parse(words[3]), Instant.parse(words[4])));
                    case "part" ->
                        parts.add(new Part(Integer.parseInt(words[1]), Integer.parseInt(words[2]), words[3]));
                    default -> throw new IllegalArgumentException("no line of a seal: " + line);
                }
            }
            return Optional.of(new Seal(manifest, files, parts));
        } catch (RuntimeException damaged) {
            return Optional.empty();
        }
    }
}

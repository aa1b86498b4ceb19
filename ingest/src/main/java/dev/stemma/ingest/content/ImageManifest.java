package dev.stemma.ingest.content;

import dev.stemma.graph.id.Digest;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What an image is made of.
 *
 * @param disks in their order, at least one
 */
public record ImageManifest(List<Disk> disks) {

    private static final String HEAD = "stemma-image 1";
    private static final Pattern DISK = Pattern.compile("disk ([0-9]{1,18}) sha256:([0-9a-f]{64})");

    public ImageManifest {
        disks = List.copyOf(disks);
        if (disks.isEmpty()) {
            throw new IllegalArgumentException("an image has a disk");
        }
    }

    /**
     * One disk.
     *
     * @param sizeBytes as the guest sees it
     * @param manifest digest of its disk manifest, a content of the store
     */
    public record Disk(long sizeBytes, Digest manifest) {}

    /** SHA-256 of its text, by which it is known. */
    public Digest name() {
        return Digest.sha256(bytes());
    }

    byte[] bytes() {
        StringBuilder text = new StringBuilder(HEAD).append('\n');
        for (Disk disk : disks) {
            text.append("disk ")
                    .append(disk.sizeBytes())
                    .append(" sha256:")
                    .append(disk.manifest())
                    .append('\n');
        }
        return text.toString().getBytes(StandardCharsets.US_ASCII);
    }

    static ImageManifest parse(String where, byte[] bytes) throws DamagedStoreException {
        List<String> lines =
                new String(bytes, StandardCharsets.ISO_8859_1).lines().toList();
        if (lines.size() < 2 || !lines.getFirst().equals(HEAD)) {
            throw new DamagedStoreException(where + " is no image manifest of version 1");
        }
        List<Disk> disks = new ArrayList<>();
        for (String line : lines.subList(1, lines.size())) {
            Matcher disk = DISK.matcher(line);
            if (!disk.matches()) {
                throw new DamagedStoreException(where + " has a line that is none of an image manifest");
            }
            disks.add(new Disk(Long.parseLong(disk.group(1)), Digest.parse(disk.group(2))));
        }
        return new ImageManifest(disks);
    }
}

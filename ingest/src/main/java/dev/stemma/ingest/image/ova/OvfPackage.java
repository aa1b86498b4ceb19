package dev.stemma.ingest.image.ova;

import dev.stemma.ingest.bytes.ByteSource;
import dev.stemma.ingest.image.layer.BackingName;
import dev.stemma.ingest.image.layer.Siblings;
import dev.stemma.ingest.image.xml.XmlElement;
import dev.stemma.ingest.problem.Corrupt;
import dev.stemma.ingest.problem.ImageProblem;
import dev.stemma.ingest.problem.NotAllowed;
import dev.stemma.ingest.problem.Origin;
import dev.stemma.ingest.problem.Unreadable;
import dev.stemma.ingest.problem.Unsupported;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The disks of an OVF package, in the order of its disk section. Source: DMTF DSP0243, Open Virtualization Format 1.1 and 2.1.
 * The manifest's digests are not checked: that would read every disk whole.
 */
public record OvfPackage(List<PackagedDisk> disks) {

    private static final int MAX_DISKS = 256;

    public OvfPackage {
        disks = List.copyOf(disks);
    }

    /**
     * A disk.
     *
     * @param bytes of its file
     * @param format QEMU's word for the format that the envelope states; empty where it states none that is known
     */
    public record PackagedDisk(ByteSource bytes, Optional<String> format) {}

    /** Reads an archive: its first file whose name ends with {@code .ovf} is the envelope. */
    public static OvfPackage ofArchive(ByteSource archive) throws ImageProblem {
        TarArchive tar = TarArchive.read(archive);
        Origin origin = archive.origin();
        for (Map.Entry<String, ByteSource> file : tar.files().entrySet()) {
            if (file.getKey().toLowerCase(Locale.ROOT).endsWith(".ovf")) {
                return ofEnvelope(file.getValue(), name -> inside(tar, name, origin));
            }
        }
        throw new Corrupt("bad-value", origin, "is an archive without an OVF envelope");
    }

    private static ByteSource inside(TarArchive tar, BackingName name, Origin origin) throws ImageProblem {
        ByteSource file = tar.files().get(new String(name.name().bytes(), StandardCharsets.UTF_8));
        if (file == null) {
            throw new Unreadable(
                    "extent-missing",
                    origin,
                    "the archive has no file '" + name.name().escaped() + "'",
                    "Copy the archive again from its source.");
        }
        return file;
    }

    /**
     * Reads an envelope.
     *
     * @param siblings the way to the files that it names
     * @throws Corrupt {@code bad-value}
     * @throws Unsupported {@code compressed-file}, {@code unsupported-feature}
     */
    public static OvfPackage ofEnvelope(ByteSource envelope, Siblings siblings) throws ImageProblem {
        Origin origin = envelope.origin().within("ovf envelope");
        XmlElement root = XmlElement.read(envelope, "ovf envelope");
        if (!root.name().equals("Envelope")) {
            throw new Corrupt("bad-magic", origin, "is no OVF envelope");
        }
        Map<String, XmlElement> references = new HashMap<>();
        root.find("References").stream()
                .flatMap(all -> all.all("File"))
                .forEach(file -> references.put(file.attributes().getOrDefault("id", ""), file));
        List<PackagedDisk> disks = new ArrayList<>();
        Set<String> met = new HashSet<>();
        List<XmlElement> stated = root.find("DiskSection").stream()
                .flatMap(all -> all.all("Disk"))
                .toList();
        for (XmlElement disk : stated) {
            String reference = disk.attributes().getOrDefault("fileRef", "");
            if (reference.isEmpty()) {
                continue; // An empty disk, made when the package is deployed.
            }
            XmlElement file = references.get(reference);
            if (file == null || disks.size() >= MAX_DISKS || !met.add(reference)) {
                throw new Corrupt("bad-value", origin, "has a disk without a file of its own");
            }
            disks.add(disk(disk, file, siblings, origin));
        }
        if (disks.isEmpty()) {
            throw new Unsupported("empty-image", origin, "has no disk with content", "Index an image that has one.");
        }
        return new OvfPackage(disks);
    }

    private static PackagedDisk disk(XmlElement disk, XmlElement file, Siblings siblings, Origin origin)
            throws ImageProblem {
        Map<String, String> attributes = file.attributes();
        if (disk.attributes().containsKey("parentRef")) {
            throw new Unsupported(
                    "unsupported-feature", origin, "has a disk that stands on another", "Export it without snapshots.");
        }
        if (!attributes.getOrDefault("compression", "identity").equals("identity")) {
            throw new Unsupported(
                    "compressed-file",
                    origin,
                    "has a disk that is compressed with gzip",
                    "Unpack the archive and the disk, or export it without compression.");
        }
        if (attributes.containsKey("chunkSize")) {
            throw new Unsupported("unsupported-feature", origin, "has a disk in chunks", "Export it without chunks.");
        }
        BackingName name = BackingName.of(attributes.getOrDefault("href", "").getBytes(StandardCharsets.UTF_8));
        if (!name.plain()) {
            throw new NotAllowed(
                    "extent-forbidden",
                    origin,
                    "names the file '" + name.name().escaped() + "', which is not one plain name",
                    "Put the disk beside the envelope.");
        }
        return new PackagedDisk(siblings.open(name), format(disk.attributes().getOrDefault("format", "")));
    }

    /** The format is a URI, as often as not of a page about it. */
    private static Optional<String> format(String uri) {
        String text = uri.toLowerCase(Locale.ROOT);
        if (text.contains("vmdk")) {
            return Optional.of("vmdk");
        }
        if (text.contains("vhdx")) {
            return Optional.of("vhdx");
        }
        return text.contains("qcow2") ? Optional.of("qcow2") : Optional.empty();
    }
}

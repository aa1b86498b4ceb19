package dev.stemma.ingest.analyze.maven;

import dev.stemma.graph.model.GuestName;
import dev.stemma.ingest.analyze.software.HeaderLines;
import dev.stemma.ingest.analyze.software.Sightings;
import dev.stemma.ingest.analyze.software.Software;
import dev.stemma.ingest.analyze.zip.HeapBytes;
import dev.stemma.ingest.analyze.zip.ZipDirectory;
import dev.stemma.ingest.analyze.zip.ZipEntry;
import dev.stemma.ingest.bytes.ByteSource;
import dev.stemma.ingest.problem.ImageProblem;
import dev.stemma.ingest.problem.OverBudget;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Optional;
import java.util.Properties;

/**
 * One Java archive with those inside it, each read once. An archive that lies unpacked in another is read where it is;
 * others are unpacked into memory, within bounds on depth, number and bytes that hold for the outermost together. Not
 * thread-safe.
 */
final class JarReading {

    private static final String MANIFEST = "META-INF/MANIFEST.MF";
    private static final int MAX_DEPTH = 4;
    private static final int MAX_ARCHIVES = 5_000;
    private static final int MAX_INNER_BYTES = 48 << 20;
    private static final long MAX_EXPANDED_BYTES = 512L << 20;

    /** Archives unpacked one inside the other are in memory together. */
    private static final long MAX_HELD_BYTES = 64L << 20;

    private static final int MAX_PROPERTIES_BYTES = 64 << 10;

    /** The main section stands at the start; the signatures of thousands of classes may follow. */
    private static final int MAX_MANIFEST_BYTES = 64 << 10;

    private final Sightings sightings;
    private int archives;
    private long expandedBytes;
    private long heldBytes;

    JarReading(Sightings sightings) {
        this.sightings = sightings;
    }

    /** @param place where it lies; {@code !/} stands before a path inside an archive */
    void read(ByteSource archive, String place, int depth) throws ImageProblem {
        if (++archives > MAX_ARCHIVES) {
            throw new OverBudget("size-limit", archive.origin(), "holds more than " + MAX_ARCHIVES + " archives");
        }
        Optional<ZipDirectory> directory = ZipDirectory.read(archive, JarReading::wanted);
        if (directory.isEmpty()) {
            sightings.unnamed(place, "is no archive, whatever its name says");
            return;
        }
        boolean named = false;
        Optional<ZipEntry> manifest = Optional.empty();
        for (ZipEntry entry : directory.get().entries()) {
            try {
                if (isProperties(entry.name())) {
                    named |= properties(entry.whole(archive, MAX_PROPERTIES_BYTES), place);
                } else if (entry.name().equals(MANIFEST)) {
                    manifest = Optional.of(entry);
                } else {
                    inner(archive, entry, place + "!/" + escaped(entry.name()), depth + 1);
                }
            } catch (ImageProblem e) {
                sightings.failed(place + "!/" + escaped(entry.name()), e);
            }
        }
        if (!named) {
            named = manifest.isPresent() && manifest(manifest.get().start(archive, MAX_MANIFEST_BYTES), place);
        }
        if (!named) {
            sightings.unnamed(place, "neither its build nor its manifest says what it is");
        }
    }

    private static boolean wanted(String name) {
        return name.equals(MANIFEST) || isProperties(name) || JarSpotter.isArchive(name);
    }

    private static boolean isProperties(String name) {
        return name.startsWith("META-INF/maven/") && name.endsWith("/pom.properties");
    }

    private static String escaped(String name) {
        return GuestName.ofText(name.length() > 500 ? name.substring(0, 500) : name)
                .escaped();
    }

    private void inner(ByteSource archive, ZipEntry entry, String place, int depth) throws ImageProblem {
        if (depth > MAX_DEPTH) {
            throw new OverBudget("depth-limit", archive.origin(), "lies more than " + MAX_DEPTH + " archives deep");
        }
        if (entry.isStored()) {
            read(entry.stored(archive), place, depth);
            return;
        }
        int room = (int)
                Math.min(MAX_INNER_BYTES, Math.min(MAX_HELD_BYTES - heldBytes, MAX_EXPANDED_BYTES - expandedBytes));
        byte[] bytes = entry.whole(archive, Math.max(0, room));
        expandedBytes += bytes.length;
        heldBytes += bytes.length;
        try {
            read(HeapBytes.of(bytes, archive.origin().within("inner archive")), place, depth);
        } finally {
            heldBytes -= bytes.length;
        }
    }

    /** What Maven's archiver writes: groupId, artifactId and version. */
    private boolean properties(byte[] bytes, String place) {
        Properties properties = new Properties();
        try {
            properties.load(new ByteArrayInputStream(bytes));
        } catch (IOException | IllegalArgumentException e) {
            sightings.unnamed(place, "its pom.properties cannot be read");
            return false;
        }
        String group = properties.getProperty("groupId", "").strip();
        String artifact = properties.getProperty("artifactId", "").strip();
        String version = properties.getProperty("version", "").strip();
        if (unset(group) || unset(artifact) || unset(version)) {
            return false;
        }
        sightings.add(Software.of("maven", artifact, version).within(group, group + ":" + artifact), place);
        return true;
    }

    /**
     * What the manifest calls it: the OSGi bundle (OSGi Core, 3.2) or the implementation (JAR File Specification). It names no Maven group, and none is
     * guessed: the package URL's type is {@code generic}.
     */
    private boolean manifest(byte[] bytes, String place) {
        HeaderLines headers = HeaderLines.parse(bytes, "");
        String bundle =
                headers.find("Bundle-SymbolicName").orElse("").split(";", 2)[0].strip();
        return named(bundle, headers.find("Bundle-Version").orElse(""), place)
                || named(
                        headers.find("Implementation-Title").orElse(""),
                        headers.find("Implementation-Version").orElse(""),
                        place);
    }

    private boolean named(String name, String version, String place) {
        if (unset(name) || unset(version)) {
            return false;
        }
        sightings.add(Software.of("generic", name, version), place);
        return true;
    }

    /** Also where a build forgot to fill in what it had left open. */
    private static boolean unset(String value) {
        return value.isEmpty() || value.contains("${") || value.contains("@");
    }
}

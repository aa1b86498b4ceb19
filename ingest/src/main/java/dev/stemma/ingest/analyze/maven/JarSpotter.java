package dev.stemma.ingest.analyze.maven;

import dev.stemma.graph.model.Attributes;
import dev.stemma.graph.model.GuestName;
import dev.stemma.graph.model.GuestPath;
import dev.stemma.ingest.analyze.software.NameEnd;
import dev.stemma.ingest.analyze.software.Sightings;
import dev.stemma.ingest.analyze.software.SpottedFile;
import dev.stemma.ingest.analyze.software.Spotter;
import dev.stemma.ingest.problem.ImageProblem;
import java.util.List;
import java.util.Locale;

/** Java archives: jar, war, ear and the plug-ins of Jenkins, with the archives inside them. */
public final class JarSpotter implements Spotter {

    private static final List<String> ENDINGS = List.of(".jar", ".war", ".ear", ".hpi", ".jpi");
    private static final List<NameEnd> NAMES =
            ENDINGS.stream().map(NameEnd::after).toList();

    @Override
    public String id() {
        return "jar";
    }

    @Override
    public int version() {
        return 1;
    }

    @Override
    public boolean picks(GuestPath path, Attributes attributes, long sizeBytes) {
        GuestName name = path.name();
        int length = name.length();
        // All endings are four bytes long, with the dot in front.
        if (length < 5 || name.at(length - 4) != '.') {
            return false;
        }
        return NAMES.stream().anyMatch(end -> end.fits(name));
    }

    /** Whether an entry of an archive is one itself. */
    static boolean isArchive(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        return ENDINGS.stream().anyMatch(lower::endsWith);
    }

    @Override
    public void read(SpottedFile file, Sightings sightings) throws ImageProblem {
        new JarReading(sightings).read(file.bytes(), file.place(), 0);
    }
}

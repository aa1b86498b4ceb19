package dev.stemma.ingest.analyze.python;

import dev.stemma.graph.model.Attributes;
import dev.stemma.graph.model.GuestPath;
import dev.stemma.ingest.analyze.software.HeaderLines;
import dev.stemma.ingest.analyze.software.NameEnd;
import dev.stemma.ingest.analyze.software.Sightings;
import dev.stemma.ingest.analyze.software.Software;
import dev.stemma.ingest.analyze.software.SpottedFile;
import dev.stemma.ingest.analyze.software.Spotter;
import dev.stemma.ingest.problem.ImageProblem;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Python distributions: {@code *.dist-info/METADATA} (PyPA, "Recording installed projects"), and of setuptools' older ways
 * {@code *.egg-info/PKG-INFO}, {@code EGG-INFO/PKG-INFO} and a file {@code *.egg-info}. Names are normalized as package indexes do
 * (PEP 503).
 */
public final class PythonSpotter implements Spotter {

    /** Name and version stand before the description, which may be long. */
    private static final int MAX_BYTES = 64 << 10;

    private static final NameEnd METADATA = NameEnd.whole("METADATA");
    private static final NameEnd DIST_INFO = NameEnd.after(".dist-info");
    private static final NameEnd PKG_INFO = NameEnd.whole("PKG-INFO");
    private static final NameEnd EGG_INFO = NameEnd.after(".egg-info");
    private static final NameEnd IN_EGG = NameEnd.whole("EGG-INFO");
    private static final Pattern SEPARATORS = Pattern.compile("[-_.]+");

    @Override
    public String id() {
        return "python";
    }

    @Override
    public int version() {
        return 1;
    }

    @Override
    public boolean picks(GuestPath path, Attributes attributes, long sizeBytes) {
        return METADATA.fits(path, 0) && DIST_INFO.fits(path, 1)
                || PKG_INFO.fits(path, 0) && (EGG_INFO.fits(path, 1) || IN_EGG.fits(path, 1))
                || EGG_INFO.fits(path, 0);
    }

    @Override
    public void read(SpottedFile file, Sightings sightings) throws ImageProblem {
        HeaderLines headers = HeaderLines.parse(file.start(MAX_BYTES), "\n");
        Optional<String> name = headers.find("Name");
        Optional<String> version = headers.find("Version");
        if (name.isEmpty() || version.isEmpty()) {
            sightings.unnamed(file.place(), "has no name or no version");
            return;
        }
        sightings.add(Software.of("pypi", normalized(name.get()), version.get()), file.place());
    }

    static String normalized(String name) {
        return SEPARATORS.matcher(name).replaceAll("-").toLowerCase(Locale.ROOT);
    }
}

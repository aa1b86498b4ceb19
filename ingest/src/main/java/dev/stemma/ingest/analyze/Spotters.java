package dev.stemma.ingest.analyze;

import dev.stemma.ingest.analyze.composer.ComposerSpotter;
import dev.stemma.ingest.analyze.gem.GemSpotter;
import dev.stemma.ingest.analyze.maven.JarSpotter;
import dev.stemma.ingest.analyze.npm.NpmSpotter;
import dev.stemma.ingest.analyze.program.ProgramSpotter;
import dev.stemma.ingest.analyze.python.PythonSpotter;
import dev.stemma.ingest.analyze.software.Spotter;
import java.util.List;

/** Every spotter there is: what a full walk is looked through for. */
public final class Spotters {

    /** In no particular order. */
    public static final List<Spotter> ALL = List.of(
            new PythonSpotter(),
            new NpmSpotter(),
            new JarSpotter(),
            new GemSpotter(),
            new ComposerSpotter(),
            new ProgramSpotter());

    private Spotters() {}
}

package dev.stemma.ingest.analyze.boot;

import dev.stemma.graph.model.GuestFact.BootSetup;
import dev.stemma.graph.model.GuestFact.Kernel;
import dev.stemma.graph.model.GuestPath;
import dev.stemma.graph.model.Level;
import dev.stemma.ingest.analyze.Analyzer;
import dev.stemma.ingest.analyze.FactLog;
import dev.stemma.ingest.analyze.Findings;
import dev.stemma.ingest.analyze.GuestFiles;
import dev.stemma.ingest.problem.ImageProblem;
import java.util.List;
import java.util.Optional;

/**
 * Boot loader, kernels, the default one's command line, init system and default target, as far as a guest's files tell (row C2).
 * What the disk itself tells is added by {@link BootMedium}.
 */
public final class BootAnalyzer implements Analyzer {

    @Override
    public String id() {
        return "boot";
    }

    @Override
    public int version() {
        return 1;
    }

    @Override
    public List<GuestPath> wants() {
        return List.of(GuestPath.ROOT);
    }

    @Override
    public Findings analyze(GuestFiles files, Level level, Findings before) throws ImageProblem {
        FactLog log = new FactLog(files, this);
        List<Kernel> kernels = Kernels.find(log);
        kernels.forEach(log::add);
        BootLoaders loaders = BootLoaders.find(log);
        BootChoice choice = BootChoice.NONE;
        for (BootChoice.Source source : BootChoice.SOURCES) {
            if (choice.equals(BootChoice.NONE)) {
                BootChoice[] found = {BootChoice.NONE};
                log.attempt(source.path(), path -> found[0] = source.read(files, path));
                choice = found[0];
            }
        }
        InitSystem init = InitSystem.find(log);
        BootSetup setup = new BootSetup(
                List.of(),
                loaders.names(),
                loaders.evidence(),
                choice.kernel(),
                choice.commandLine(),
                init.name(),
                init.defaultTarget());
        if (!setup.equals(NOTHING)) {
            log.add(setup);
        }
        return log.findings();
    }

    private static final BootSetup NOTHING = new BootSetup(
            List.of(), List.of(), List.of(), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());
}

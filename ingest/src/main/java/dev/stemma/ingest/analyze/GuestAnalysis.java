package dev.stemma.ingest.analyze;

import dev.stemma.graph.model.GuestPath;
import dev.stemma.graph.model.Level;
import dev.stemma.graph.model.Observation;
import dev.stemma.ingest.analyze.apk.ApkAnalyzer;
import dev.stemma.ingest.analyze.boot.BootAnalyzer;
import dev.stemma.ingest.analyze.dpkg.DpkgAnalyzer;
import dev.stemma.ingest.analyze.flatpak.FlatpakAnalyzer;
import dev.stemma.ingest.analyze.host.HostAnalyzer;
import dev.stemma.ingest.analyze.identity.ArchitectureAnalyzer;
import dev.stemma.ingest.analyze.identity.IdentityAnalyzer;
import dev.stemma.ingest.analyze.pacman.PacmanAnalyzer;
import dev.stemma.ingest.analyze.role.ServerAnalyzer;
import dev.stemma.ingest.analyze.rpm.RpmAnalyzer;
import dev.stemma.ingest.analyze.service.ServiceAnalyzer;
import dev.stemma.ingest.analyze.snap.SnapAnalyzer;
import dev.stemma.ingest.analyze.windows.WindowsAnalyzer;
import dev.stemma.ingest.problem.ImageProblem;
import dev.stemma.ingest.problem.OverBudget;
import java.util.List;
import java.util.Optional;

/** Asks every analyzer about one guest, in an order in which each finds what it builds on. */
public final class GuestAnalysis {

    private static final List<Analyzer> ANALYZERS = List.of(
            new IdentityAnalyzer(),
            new WindowsAnalyzer(),
            new DpkgAnalyzer(),
            new RpmAnalyzer(),
            new ApkAnalyzer(),
            new PacmanAnalyzer(),
            new FlatpakAnalyzer(),
            new SnapAnalyzer(),
            new ArchitectureAnalyzer(),
            new BootAnalyzer(),
            new ServiceAnalyzer(),
            new HostAnalyzer(),
            new ServerAnalyzer());

    private GuestAnalysis() {}

    /**
     * An analyzer that fails costs an observation and not the run.
     *
     * @throws OverBudget when the run is cancelled or out of time
     */
    public static Findings run(GuestFiles files, Level level) throws OverBudget {
        Findings findings = Findings.NONE;
        for (Analyzer analyzer : ANALYZERS) {
            try {
                if (wanted(analyzer, files)) {
                    Findings asked = new Findings(Optional.empty(), List.of(), List.of(), List.of(analyzer.name()));
                    findings = findings.and(asked).and(analyzer.analyze(files, level, findings));
                }
            } catch (ImageProblem e) {
                files.budget().check(files.origin());
                findings = findings.and(Findings.of(List.of(failed(analyzer, e))));
            }
        }
        return findings;
    }

    private static boolean wanted(Analyzer analyzer, GuestFiles files) throws ImageProblem {
        for (GuestPath path : analyzer.wants()) {
            if (files.find(path).isPresent()) {
                return true;
            }
        }
        return false;
    }

    private static Observation failed(Analyzer analyzer, ImageProblem problem) {
        return new Observation(
                problem.code(),
                Observation.Severity.PARTIAL,
                problem.origin().toString(),
                problem.reason(),
                Optional.ofNullable(problem.remedy()),
                analyzer.name());
    }
}

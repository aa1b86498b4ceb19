package dev.stemma.ingest.analyze.service;

import dev.stemma.graph.model.GuestPath;
import dev.stemma.graph.model.Level;
import dev.stemma.ingest.analyze.Analyzer;
import dev.stemma.ingest.analyze.FactLog;
import dev.stemma.ingest.analyze.Findings;
import dev.stemma.ingest.analyze.GuestFiles;
import dev.stemma.ingest.problem.ImageProblem;
import java.util.List;
import java.util.Set;

/** Enabled and masked services, timers, and cron: what starts without anybody asking. */
public final class ServiceAnalyzer implements Analyzer {

    @Override
    public String id() {
        return "services";
    }

    @Override
    public int version() {
        return 1;
    }

    @Override
    public List<GuestPath> wants() {
        return List.of(GuestPath.parse("/etc"));
    }

    @Override
    public Findings analyze(GuestFiles files, Level level, Findings before) throws ImageProblem {
        FactLog log = new FactLog(files, this);
        Set<String> units = new SystemdUnits(log).gather();
        InitScripts.gather(log, units);
        Crontabs.gather(log);
        return log.findings();
    }
}

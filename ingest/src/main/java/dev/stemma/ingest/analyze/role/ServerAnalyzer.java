package dev.stemma.ingest.analyze.role;

import dev.stemma.graph.model.GuestPath;
import dev.stemma.graph.model.Level;
import dev.stemma.ingest.analyze.Analyzer;
import dev.stemma.ingest.analyze.FactLog;
import dev.stemma.ingest.analyze.Findings;
import dev.stemma.ingest.analyze.GuestFiles;
import dev.stemma.ingest.problem.ImageProblem;
import java.util.List;

/**
 * Where servers are configured to listen; at the full level also server programs that no package owns, for only there it is
 * known what packages own.
 */
public final class ServerAnalyzer implements Analyzer {

    @Override
    public String id() {
        return "servers";
    }

    @Override
    public int version() {
        return 1;
    }

    @Override
    public List<GuestPath> wants() {
        return List.of(GuestPath.parse("/etc"), GuestPath.parse("/opt"), GuestPath.parse("/usr/local"));
    }

    @Override
    public Findings analyze(GuestFiles files, Level level, Findings before) throws ImageProblem {
        FactLog log = new FactLog(files, this);
        Listeners.gather(log);
        if (level == Level.FULL) {
            UnownedPrograms.gather(log, before.packages(), RoleRules.SHIPPED.programs());
        }
        return log.findings();
    }
}

package dev.stemma.ingest.partition;

import dev.stemma.graph.model.Observation;
import dev.stemma.ingest.problem.ImageProblem;
import dev.stemma.ingest.problem.Origin;
import java.util.Optional;

/** Observations in this room's name. */
final class Observed {

    private Observed() {}

    static Observation partial(ImageProblem problem) {
        return new Observation(
                problem.code(),
                Observation.Severity.PARTIAL,
                problem.origin().toString(),
                problem.reason(),
                Optional.ofNullable(problem.remedy()),
                PartitionTable.NAME);
    }

    static Observation note(String code, Origin origin, String message, String remedy) {
        return new Observation(
                code, Observation.Severity.NOTE, origin.toString(), message, Optional.of(remedy), PartitionTable.NAME);
    }
}

package dev.stemma.ingest.volume;

import dev.stemma.graph.model.Observation;
import dev.stemma.ingest.problem.ImageProblem;
import dev.stemma.ingest.problem.Origin;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What was found so far. For one thread. */
final class Found {

    final List<Volumes.Opened> volumes = new ArrayList<>();
    final List<Volumes.Refused> refused = new ArrayList<>();
    final List<Observation> observations = new ArrayList<>();

    void add(LogicalVolume volume, int member) {
        volumes.add(new Volumes.Opened(volume, member));
    }

    void refuse(int member, ImageProblem problem) {
        refused.add(new Volumes.Refused(member, problem));
    }

    boolean refused(int member) {
        return refused.stream().anyMatch(one -> one.member() == member);
    }

    void note(String code, Origin origin, String message, String remedy) {
        observations.add(new Observation(
                code, Observation.Severity.NOTE, origin.toString(), message, Optional.of(remedy), Volumes.NAME));
    }
}

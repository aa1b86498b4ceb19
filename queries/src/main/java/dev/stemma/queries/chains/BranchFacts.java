package dev.stemma.queries.chains;

import dev.stemma.graph.store.Row;
import dev.stemma.queries.lineage.DeployedMachine;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A use of a version outside of the reference repository: an image that was made of it, or a machine that it was deployed to.
 *
 * @param imageId id of the image, or of the machine
 * @param number {@code 1.2.3}
 * @param kind {@code image} or {@code machine}
 * @param until when a machine was deployed anew or retired; empty while it runs this, and for images
 * @param location where it lies; empty for a machine
 * @param repository name of the one that it lies in
 * @param state {@code ACTIVE} or {@code MISSING}; of a machine {@code ACTIVE} or {@code RETIRED}
 * @param machines that run it, by name, at most {@value DeployedMachine#MAX}
 * @param machineCount how many there are altogether
 */
public record BranchFacts(
        String imageId,
        String number,
        Optional<Instant> since,
        Optional<Instant> until,
        String kind,
        String name,
        String location,
        Optional<String> repository,
        String state,
        List<DeployedMachine> machines,
        long machineCount) {

    public BranchFacts {
        machines = List.copyOf(machines);
    }

    static BranchFacts of(String version, Row row) {
        return new BranchFacts(
                row.text("imageId"),
                version + "." + row.number("number"),
                row.findInstant("since"),
                row.findInstant("until"),
                row.text("kind"),
                row.text("name"),
                row.text("location"),
                row.findText("repository"),
                row.text("state"),
                DeployedMachine.of(row.rows("machines")),
                row.number("machineCount"));
    }
}

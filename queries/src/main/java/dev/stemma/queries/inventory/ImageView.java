package dev.stemma.queries.inventory;

import dev.stemma.graph.model.Observation;
import dev.stemma.graph.model.OperatingSystem;
import dev.stemma.queries.lineage.DeployedMachine;
import dev.stemma.queries.lineage.Place;
import dev.stemma.queries.lineage.Warning;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * All that is known of an image, in brief.
 *
 * @param inventory the current one; empty when the image was never indexed
 * @param operatingSystems one for each root file system; empty also when the image was never indexed
 * @param volumes in the order of their index
 * @param observations what the index run could not do, gravest first, at most {@value #MAX_OBSERVATIONS}
 * @param observationCount how many there are altogether
 * @param parents images that this one derives from, at most {@value #MAX_DERIVATIONS}
 * @param children images that derive from this one, at most {@value #MAX_DERIVATIONS}
 * @param place its version or branch number; empty outside of all chains
 * @param deployedTo machines that it was deployed to, at most {@value DeployedMachine#MAX}
 * @param warnings what became of its ancestors
 * @param at as of when; empty for now
 * @param machine what the current inventory's files make of a machine; empty when there is no inventory
 */
public record ImageView(
        ImageFacts image,
        Optional<InventoryFacts> inventory,
        List<OperatingSystem> operatingSystems,
        List<VolumeFacts> volumes,
        List<Observation> observations,
        long observationCount,
        List<Kin> parents,
        List<Kin> children,
        Optional<Place> place,
        List<DeployedMachine> deployedTo,
        List<Warning> warnings,
        Optional<Instant> at,
        Optional<MachineView> machine) {

    /** See {@link #observations}. */
    public static final int MAX_OBSERVATIONS = 100;

    /** See {@link #parents}. */
    public static final int MAX_DERIVATIONS = 100;

    public ImageView {
        operatingSystems = List.copyOf(operatingSystems);
        volumes = List.copyOf(volumes);
        observations = List.copyOf(observations);
        parents = List.copyOf(parents);
        children = List.copyOf(children);
        deployedTo = List.copyOf(deployedTo);
        warnings = List.copyOf(warnings);
    }

    /**
     * One derivation, seen from one of its ends.
     *
     * @param imageId the image at the other end
     * @param state {@code ACTIVE}, {@code MISSING}, {@code REVOKED} …, of the image at the other end; empty where it is not known of then
     * @param kind {@code backing-file}, {@code copy}, …
     * @param basis how it is known: {@code RECORDED}, {@code OBSERVED}, {@code INFERRED}
     * @param confidence 0 to 1, for an inferred one
     */
    public record Kin(
            String imageId,
            String name,
            Optional<String> state,
            String kind,
            String basis,
            Optional<Double> confidence) {}
}

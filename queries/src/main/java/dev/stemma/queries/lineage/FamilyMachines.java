package dev.stemma.queries.lineage;

import dev.stemma.graph.model.Basis;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Puts the machines that run the images of a family among these, to be drawn: each is what its image was deployed to. */
final class FamilyMachines {

    /** What a derivation of a machine is called. */
    static final String KIND = "deployment";

    private static final String PREFIX = "mac-";

    private FamilyMachines() {}

    /** Whether it stands for a machine. */
    static boolean is(Relative relative) {
        return relative.imageId().startsWith(PREFIX);
    }

    /** The same family with its machines as relatives; none of them has machines then. Where they are too many to be drawn they stay what is told of images. */
    static FamilyView drawn(FamilyView family) {
        long all = family.relatives().stream()
                .mapToLong(relative -> 1 + relative.machines().size())
                .sum();
        if (all > FamilyLayout.MAX_IMAGES) {
            return family;
        }
        List<Relative> relatives = new ArrayList<>();
        List<Derivation> derivations = new ArrayList<>(family.derivations());
        for (Relative relative : family.relatives()) {
            relatives.add(without(relative));
            for (DeployedMachine machine : relative.machines()) {
                relatives.add(relative(machine, relative.distance() + 1));
                derivations.add(new Derivation(
                        machine.id(),
                        relative.imageId(),
                        KIND,
                        Basis.RECORDED,
                        Optional.empty(),
                        Optional.empty(),
                        machine.since(),
                        Optional.empty(),
                        Optional.empty()));
            }
        }
        return new FamilyView(
                family.imageId(), relatives, derivations, family.complete(), family.cyclic(), family.at());
    }

    private static Relative without(Relative relative) {
        return new Relative(
                relative.imageId(),
                relative.name(),
                relative.location(),
                relative.format(),
                relative.state(),
                relative.modifiedAt(),
                relative.inventoryId(),
                relative.distance(),
                relative.place(),
                relative.repositoryKind(),
                List.of(),
                relative.warnings());
    }

    private static Relative relative(DeployedMachine machine, int distance) {
        boolean physical = machine.kind().filter("PHYSICAL"::equals).isPresent();
        return new Relative(
                machine.id(),
                machine.name(),
                "",
                Optional.of(physical ? "physical machine" : "virtual machine"),
                machine.powerState(),
                Optional.empty(),
                Optional.empty(),
                distance,
                machine.branch().flatMap(FamilyMachines::place),
                Optional.empty(),
                List.of(),
                List.of());
    }

    /** Of {@code web:1.2.3}. */
    private static Optional<Place> place(String branch) {
        int colon = branch.indexOf(':');
        int dot = branch.lastIndexOf('.');
        return colon < 0 || dot < colon
                ? Optional.empty()
                : Optional.of(new Place(
                        branch.substring(0, colon),
                        branch.substring(colon + 1, dot),
                        Optional.of(Long.parseLong(branch.substring(dot + 1))),
                        List.of()));
    }
}

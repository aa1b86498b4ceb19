package dev.stemma.ingest.volume;

import dev.stemma.graph.model.Observation;
import dev.stemma.ingest.bytes.ByteSource;
import dev.stemma.ingest.problem.ImageProblem;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The volumes that members of LVM2 and MD make up: arrays first, then groups over partitions and arrays. Stateless, for any
 * thread; the volumes read from the members, which whoever opened them closes.
 *
 * @param opened arrays that hold no physical volume, then logical volumes; each by name
 * @param refused what cannot be read this way
 * @param observations what is odd and keeps nothing from being read
 */
public record Volumes(List<Opened> opened, List<Refused> refused, List<Observation> observations) {

    /** This reader with its version, as inventories and observations name it. */
    public static final String NAME = "volume/1";

    public Volumes {
        opened = List.copyOf(opened);
        refused = List.copyOf(refused);
        observations = List.copyOf(observations);
    }

    /**
     * A volume, and one of the members that it stands on.
     *
     * @param member index in the list that was asked about
     */
    public record Opened(LogicalVolume volume, int member) {}

    /**
     * Something that is not read.
     *
     * @param member index of the member that it concerns, or of one of them
     */
    public record Refused(int member, ImageProblem problem) {}

    /** Whether the bytes carry the mark of LVM2 or MD; a member whose label is damaged is one too. */
    public static boolean isMember(ByteSource bytes) throws ImageProblem {
        if (!MdSuperblock.places(bytes).isEmpty()) {
            return true;
        }
        try {
            return PhysicalVolume.find(bytes).isPresent();
        } catch (dev.stemma.ingest.problem.Corrupt e) {
            return true;
        }
    }

    /**
     * Puts members together.
     *
     * @param members partitions and disks of one machine, on however many images
     */
    public static Volumes find(List<ByteSource> members) {
        Found found = new Found();
        MdArrays arrays = new MdArrays(found);
        LvmGroups groups = new LvmGroups(found);
        for (int i = 0; i < members.size(); i++) {
            int member = i;
            attempt(found, member, () -> {
                Optional<MdSuperblock> superblock = MdSuperblock.find(members.get(member));
                if (superblock.isPresent()) {
                    arrays.add(member, superblock.get());
                } else {
                    PhysicalVolume.find(members.get(member)).ifPresent(volume -> groups.add(member, volume));
                }
            });
        }
        List<Opened> plain = new ArrayList<>();
        for (Opened array : arrays.open()) {
            attempt(found, array.member(), () -> {
                Optional<PhysicalVolume> volume =
                        PhysicalVolume.find(array.volume().bytes());
                volume.ifPresentOrElse(one -> groups.add(array.member(), one), () -> plain.add(array));
            });
        }
        found.volumes.addAll(plain);
        groups.open();
        return new Volumes(found.volumes, found.refused, found.observations);
    }

    private interface Step {
        void run() throws ImageProblem;
    }

    private static void attempt(Found found, int member, Step step) {
        try {
            step.run();
        } catch (ImageProblem e) {
            found.refuse(member, e);
        }
    }
}

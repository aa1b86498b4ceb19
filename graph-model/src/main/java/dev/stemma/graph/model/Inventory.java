package dev.stemma.graph.model;

import dev.stemma.graph.id.Digest;
import java.util.List;
import java.util.Optional;

/**
 * What one index run found in an image: a value that never changes and is named by what it contains. Two images with
 * the same contents share one. Its files are in the Merkle graph below {@link Volume.Part#root} and, whole, in the
 * manifest; they are too many to hold here.
 *
 * @param id digest over the canonical form of all other fields
 * @param operatingSystems one for each root file system; usually one, none for a data disk
 * @param packages in the order of their purls
 * @param manifest digest of the full manifest's text; empty at the basic level
 * @param counts of what was read; all 0 at the basic level
 * @param analyzers the readers and analyzers that made it with their versions, sorted: {@code dpkg/1}
 * @param facts what the guests' files say of the machine; those of several guests on one image together
 * @param mounts where each guest has its file systems, by guest and path
 */
public record Inventory(
        Digest id,
        Level level,
        List<Volume> volumes,
        List<OperatingSystem> operatingSystems,
        List<InstalledPackage> packages,
        List<Observation> observations,
        Optional<Digest> manifest,
        Counts counts,
        List<String> analyzers,
        List<GuestFact> facts,
        List<Mount> mounts) {

    public Inventory {
        volumes = List.copyOf(volumes);
        operatingSystems = List.copyOf(operatingSystems);
        packages = List.copyOf(packages);
        observations = List.copyOf(observations);
        analyzers = List.copyOf(analyzers);
        facts = List.copyOf(facts);
        mounts = List.copyOf(mounts);
    }

    /** How many packages are there; those are not counted of which only the settings are left. */
    public long packagesPresent() {
        return packages.stream().filter(InstalledPackage::present).count();
    }

    /**
     * @param entries all names walked
     * @param files regular files among them
     * @param fileBytes their logical bytes
     */
    public record Counts(long entries, long files, long fileBytes) {
        /** Nothing was walked. */
        public static final Counts NONE = new Counts(0, 0, 0);
    }
}

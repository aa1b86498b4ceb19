package dev.stemma.ingest;

import dev.stemma.graph.model.Checksum;
import dev.stemma.graph.model.Checksum.Algorithm;
import dev.stemma.graph.model.Entry;
import dev.stemma.graph.model.GuestFact;
import dev.stemma.graph.model.GuestPath;
import dev.stemma.graph.model.InstalledPackage;
import dev.stemma.graph.model.Level;
import dev.stemma.graph.model.Mount;
import dev.stemma.graph.model.Observation;
import dev.stemma.graph.model.OperatingSystem;
import dev.stemma.ingest.analyze.Findings;
import dev.stemma.ingest.analyze.GuestAnalysis;
import dev.stemma.ingest.analyze.GuestFiles;
import dev.stemma.ingest.analyze.GuestRoots;
import dev.stemma.ingest.emit.OwnedPaths;
import dev.stemma.ingest.emit.RunWriter;
import dev.stemma.ingest.filesystem.FileSystemReader;
import dev.stemma.ingest.problem.Budget;
import dev.stemma.ingest.problem.ImageProblem;
import dev.stemma.ingest.verify.Known;
import dev.stemma.ingest.verify.Verifier;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * The guests that live on an image's disks, usually one, and what analyzers found in each.
 *
 * @param observations of finding the guests; those of the analyzers are in the findings
 */
record Guests(Disks disks, List<Guest> guests, List<Observation> observations) {

    /** A guest's files, and what they mean. */
    record Guest(GuestFiles files, Findings findings) {

        /** Where it has its file systems, the root first, in the order of paths; what is mounted twice is there twice. */
        SortedMap<GuestPath, FileSystemReader> fileSystems() {
            SortedMap<GuestPath, FileSystemReader> all = new TreeMap<>(files.mounts());
            all.put(GuestPath.ROOT, files.root());
            return all;
        }
    }

    /** Finds the guests and asks the analyzers; what one of them cannot do becomes an observation. */
    static Guests analyze(Disks disks, Level level, Budget budget) throws ImageProblem {
        List<GuestRoots.Candidate> candidates = new ArrayList<>();
        for (Disk.Part part : disks.parts()) {
            part.reader()
                    .ifPresent(reader ->
                            candidates.add(new GuestRoots.Candidate(reader, part.partition(), disks.index(part))));
        }
        GuestRoots roots = GuestRoots.find(candidates, budget);
        List<Guest> guests = new ArrayList<>();
        List<Observation> observations = new ArrayList<>(roots.observations());
        try (ListingAhead ahead = new ListingAhead(budget)) {
            if (level == Level.FULL && !roots.guests().isEmpty()) {
                ahead.start(disks.readers());
            }
            observations.addAll(LiveSystems.find(disks.readers(), budget));
            for (GuestFiles files : roots.guests()) {
                Findings findings = GuestAnalysis.run(files, level);
                guests.add(new Guest(files, findings));
                observations.addAll(findings.observations());
            }
        }
        return new Guests(disks, List.copyOf(guests), List.copyOf(observations));
    }

    List<OperatingSystem> operatingSystems() {
        return guests.stream()
                .flatMap(guest -> guest.findings().operatingSystem().stream())
                .toList();
    }

    List<InstalledPackage> packages() {
        return guests.stream()
                .flatMap(guest -> guest.findings().packages().stream())
                .toList();
    }

    List<GuestFact> facts() {
        return guests.stream()
                .flatMap(guest -> guest.findings().facts().stream())
                .toList();
    }

    List<String> analyzers() {
        return guests.stream()
                .flatMap(guest -> guest.findings().analyzers().stream())
                .toList();
    }

    /** Where each guest has its file systems, by guest and path; what is mounted twice is there twice. */
    List<Mount> mounts() {
        List<Mount> mounts = new ArrayList<>();
        for (int guest = 0; guest < guests.size(); guest++) {
            for (Map.Entry<GuestPath, FileSystemReader> mount :
                    guests.get(guest).fileSystems().entrySet()) {
                Place place = place(mount.getValue());
                mounts.add(new Mount(guest, mount.getKey(), place.volume(), place.partition()));
            }
        }
        return List.copyOf(mounts);
    }

    private Place place(FileSystemReader reader) {
        for (Disk.Part part : disks.parts()) {
            if (part.reader().isPresent() && part.reader().get() == reader) {
                return new Place(disks.index(part), part.partition().number());
            }
        }
        throw new IllegalArgumentException("the reader is of no disk of this image");
    }

    /** Where a path of a file system lies in the guest that has it mounted; as it is, where none has. */
    GuestPath place(FileSystemReader reader, GuestPath path) {
        for (Guest guest : guests) {
            for (Map.Entry<GuestPath, FileSystemReader> mount :
                    guest.fileSystems().entrySet()) {
                if (mount.getValue() == reader) {
                    return mount.getKey().below(path);
                }
            }
        }
        return path;
    }

    /**
     * Where the entries of a full walk go: the packages of each guest get the paths they own, and what lies there is verified.
     *
     * @param known which packages were found whole before
     */
    Owners owners(RunWriter writer, Known known) {
        return new Owners(guests.stream()
                .map(guest -> new Owners.Mounted(
                        guest.fileSystems(),
                        writer.guest(guest.findings().packages()),
                        new Verifier(guest.files(), guest.findings().packages(), known)))
                .toList());
    }

    /** Hands each entry to the guests that have its file system mounted, under the path they have it at. */
    record Owners(List<Mounted> guests) {

        /** Nothing is walked. */
        static final Owners NONE = new Owners(List.of());

        private record Mounted(
                SortedMap<GuestPath, FileSystemReader> fileSystems, OwnedPaths paths, Verifier verifier) {

            /** Where the guest has a path of a file system; at more than one place if that is mounted twice. */
            Stream<GuestPath> places(FileSystemReader reader, GuestPath path) {
                return fileSystems.entrySet().stream()
                        .filter(mount -> mount.getValue() == reader)
                        .map(mount -> mount.getKey().below(path));
            }
        }

        /** By which algorithm a package wants a file of a file system digested. */
        Optional<Algorithm> wanted(FileSystemReader reader, GuestPath path) {
            return guests.stream()
                    .flatMap(
                            guest -> guest.places(reader, path).flatMap(place -> guest.verifier.wanted(place).stream()))
                    .findFirst();
        }

        void offer(FileSystemReader reader, Entry entry, Optional<Checksum> second) {
            for (Mounted guest : guests) {
                guest.places(reader, entry.path()).forEach(place -> {
                    guest.paths.offer(place, entry);
                    guest.verifier.offer(place, entry, second);
                });
            }
        }

        List<Verifier> verifiers() {
            return guests.stream().map(Mounted::verifier).toList();
        }
    }

    /** A partition among those of all disks. */
    private record Place(int volume, int partition) {}
}

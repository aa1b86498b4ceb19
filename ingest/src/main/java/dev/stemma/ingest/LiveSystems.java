package dev.stemma.ingest;

import dev.stemma.graph.model.GuestPath;
import dev.stemma.graph.model.Observation;
import dev.stemma.graph.model.Observation.Severity;
import dev.stemma.graph.model.Payload;
import dev.stemma.ingest.analyze.GuestFiles;
import dev.stemma.ingest.analyze.GuestFiles.Found;
import dev.stemma.ingest.filesystem.FileSystemReader;
import dev.stemma.ingest.problem.Budget;
import dev.stemma.ingest.problem.ImageProblem;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Systems that live media carry packed in one file of theirs. They are named: what is in them is not part of the inventory, and
 * an inventory that did not say so would look like that of an empty disk. Stateless.
 */
final class LiveSystems {

    private static final Set<String> MEDIA = Set.of("iso9660", "udf", "vfat", "ext2", "ext4");

    /** Where Debian, Ubuntu, Fedora, Arch, openSUSE and Gentoo have them. */
    private static final List<GuestPath> PLACES = Stream.of("/live", "/casper", "/LiveOS", "/arch/x86_64", "/boot", "/")
            .map(GuestPath::parse)
            .toList();

    private LiveSystems() {}

    /** One observation a packed system. */
    static List<Observation> find(List<FileSystemReader> readers, Budget budget) throws ImageProblem {
        List<Observation> found = new ArrayList<>();
        for (FileSystemReader reader : readers) {
            if (MEDIA.contains(reader.facts().type())) {
                GuestFiles files = GuestFiles.of(reader, budget);
                for (GuestPath place : PLACES) {
                    find(files, place, found);
                }
            }
        }
        return found;
    }

    private static void find(GuestFiles files, GuestPath place, List<Observation> found) throws ImageProblem {
        try {
            for (Found file : files.list(place)) {
                if (isPacked(files, file)) {
                    found.add(new Observation(
                            "packed-system-not-read",
                            Severity.PARTIAL,
                            files.origin(file.path()).toString(),
                            "it is a squashfs, as live systems are packed in, and what is in it is not in this inventory",
                            Optional.of("Copy it out (stemma cat) and index the copy."),
                            ObservationLog.NAME));
                }
            }
        } catch (ImageProblem unreadable) {
            // The walk says what cannot be read.
            files.budget().check(files.origin());
        }
    }

    private static boolean isPacked(GuestFiles files, Found file) throws ImageProblem {
        String name = file.node().name().escaped();
        return file.node().payload() instanceof Payload.File
                && (name.endsWith(".squashfs") || name.endsWith(".sfs") || name.equals("squashfs.img"))
                && files.readStart(file.path(), 4)
                        .filter(start -> new String(start, StandardCharsets.ISO_8859_1).equals("hsqs"))
                        .isPresent();
    }
}

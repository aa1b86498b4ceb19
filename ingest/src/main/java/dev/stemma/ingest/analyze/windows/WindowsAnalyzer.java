package dev.stemma.ingest.analyze.windows;

import dev.stemma.graph.model.GuestFact;
import dev.stemma.graph.model.GuestPath;
import dev.stemma.graph.model.InstalledPackage;
import dev.stemma.graph.model.Level;
import dev.stemma.graph.model.Observation;
import dev.stemma.graph.model.OperatingSystem;
import dev.stemma.ingest.analyze.Analyzer;
import dev.stemma.ingest.analyze.Findings;
import dev.stemma.ingest.analyze.GuestFiles;
import dev.stemma.ingest.analyze.GuestFiles.Found;
import dev.stemma.ingest.filesystem.RegistryHive;
import dev.stemma.ingest.problem.ImageProblem;
import dev.stemma.ingest.problem.Unsupported;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** What a Windows is, what it is called and which programs it lists, by the hives SOFTWARE and SYSTEM. */
public final class WindowsAnalyzer implements Analyzer {

    /** As setup programs write it; only what asks whether to ask at all goes by case. */
    private static final List<GuestPath> FOLDERS = Stream.of("/Windows", "/WINDOWS", "/windows", "/WINNT", "/winnt")
            .map(GuestPath::parse)
            .toList();

    /** In the order of trust: the kernel's own library is there in every version. */
    private static final List<List<String>> PROGRAMS =
            List.of(List.of("System32", "ntdll.dll"), List.of("System32", "ntoskrnl.exe"), List.of("explorer.exe"));

    private static final GuestPath HIBERNATION = GuestPath.parse("/hiberfil.sys");
    private static final int SEQUENCES_BYTES = 12;

    @Override
    public String id() {
        return "windows";
    }

    @Override
    public int version() {
        return 1;
    }

    @Override
    public List<GuestPath> wants() {
        return FOLDERS;
    }

    @Override
    public Findings analyze(GuestFiles files, Level level, Findings before) throws ImageProblem {
        Optional<GuestPath> folder = WindowsFolder.find(files);
        if (folder.isEmpty()) {
            return Findings.NONE;
        }
        List<Observation> observations = new ArrayList<>();
        String sleeping = new String(files.readStart(HIBERNATION, 4).orElse(new byte[0]), StandardCharsets.ISO_8859_1);
        if (sleeping.equalsIgnoreCase("hibr")) {
            observations.add(new Observation(
                    "hibernated",
                    Observation.Severity.PARTIAL,
                    files.origin(HIBERNATION).toString(),
                    "Windows sleeps on disk, and what it had not written yet is in there",
                    Optional.of("Shut Windows down (not by fast startup), and index the image again."),
                    name()));
        }
        RegistryHive software = hive(files, folder.get(), "SOFTWARE", observations);
        Optional<String> architecture = architecture(files, folder.get());
        OperatingSystem system = WindowsVersion.read(software, architecture);
        List<InstalledPackage> programs = WindowsPrograms.read(software, architecture);
        List<GuestFact> facts = new ArrayList<>();
        try {
            facts.add(WindowsVersion.identity(software, hive(files, folder.get(), "SYSTEM", observations)));
        } catch (ImageProblem e) {
            files.budget().check(files.origin());
            observations.add(new Observation(
                    e.code(),
                    Observation.Severity.PARTIAL,
                    e.origin().toString(),
                    "what the machine is called could not be read: " + e.reason(),
                    Optional.ofNullable(e.remedy()),
                    name()));
        }
        return new Findings(Optional.of(system), programs, observations, List.of(), facts);
    }

    private RegistryHive hive(GuestFiles files, GuestPath folder, String name, List<Observation> observations)
            throws ImageProblem {
        Optional<Found> found = WindowsFolder.file(files, folder, List.of("System32", "config", name));
        Optional<RegistryHive> hive = found.isEmpty()
                ? Optional.empty()
                : found.get().reader().hive(found.get().node(), found.get().path());
        if (found.isEmpty() || hive.isEmpty()) {
            throw new Unsupported(
                    "registry-not-read",
                    files.origin(folder),
                    "its registry (" + name + ") cannot be read where it lies");
        }
        if (isDirty(files.readStart(found.get().path(), SEQUENCES_BYTES).orElse(new byte[0]))) {
            observations.add(new Observation(
                    "registry-not-settled",
                    Observation.Severity.PARTIAL,
                    files.origin(found.get().path()).toString(),
                    "its last changes are in its logs, which are not read",
                    Optional.of("Shut Windows down (not by fast startup), and index the image again."),
                    name()));
        }
        return hive.get();
    }

    /** The two sequence numbers at bytes 4 and 8 differ while a hive is being written, and where that was broken off. */
    private static boolean isDirty(byte[] start) {
        for (int i = 4; i < 8 && start.length == SEQUENCES_BYTES; i++) {
            if (start[i] != start[i + 4]) {
                return true;
            }
        }
        return false;
    }

    private static Optional<String> architecture(GuestFiles files, GuestPath folder) throws ImageProblem {
        for (List<String> program : PROGRAMS) {
            Optional<Found> found = WindowsFolder.file(files, folder, program);
            if (found.isPresent()) {
                Optional<String> machine = files.readStart(found.get().path(), PeMachine.HEADER_BYTES)
                        .flatMap(PeMachine::parse);
                if (machine.isPresent()) {
                    return machine;
                }
            }
        }
        return Optional.empty();
    }
}

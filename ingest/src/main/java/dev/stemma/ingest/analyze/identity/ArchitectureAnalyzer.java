package dev.stemma.ingest.analyze.identity;

import dev.stemma.graph.model.GuestPath;
import dev.stemma.graph.model.InstalledPackage;
import dev.stemma.graph.model.Level;
import dev.stemma.graph.model.Observation;
import dev.stemma.graph.model.OperatingSystem;
import dev.stemma.ingest.analyze.Analyzer;
import dev.stemma.ingest.analyze.Findings;
import dev.stemma.ingest.analyze.GuestFiles;
import dev.stemma.ingest.problem.ImageProblem;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The architecture that a system runs on: what dpkg's own list puts first, else what a package was built for that every system of
 * its kind has; without any, what the shell was. Where dpkg and the shell disagree, both are said.
 */
public final class ArchitectureAnalyzer implements Analyzer {

    private static final GuestPath ARCH = GuestPath.parse("/var/lib/dpkg/arch");
    private static final List<GuestPath> PROGRAMS =
            List.of(GuestPath.parse("/bin/sh"), GuestPath.parse("/usr/bin/dpkg"), GuestPath.parse("/sbin/init"));

    /** Packages that every system has, and has for its own architecture alone, by ecosystem. */
    private static final Map<String, Set<String>> TELLING = Map.of(
            "deb", Set.of("dpkg", "libc6", "base-files"),
            "rpm", Set.of("rpm", "filesystem", "bash", "systemd"),
            "apk", Set.of("musl", "busybox", "apk-tools"),
            "alpm", Set.of("glibc", "pacman"));

    private static final Set<String> ANY = Set.of("all", "noarch", "any");
    private static final int MAX_BYTES = 4 << 10;

    @Override
    public String id() {
        return "architecture";
    }

    @Override
    public int version() {
        return 2;
    }

    @Override
    public List<GuestPath> wants() {
        return List.of(GuestPath.ROOT);
    }

    @Override
    public Findings analyze(GuestFiles files, Level level, Findings before) throws ImageProblem {
        if (before.operatingSystem().isEmpty()) {
            return Findings.NONE;
        }
        OperatingSystem system = before.operatingSystem().get();
        Optional<String> packages = ofPackages(files, before.packages());
        Optional<ElfMachine> program = program(files);
        List<Observation> observations = new ArrayList<>();
        boolean debian =
                before.packages().stream().anyMatch(one -> one.ecosystem().equals("deb"));
        // ELF says Debian's names; those of others do not always tell one machine from another.
        if (debian
                && packages.isPresent()
                && program.isPresent()
                && !program.get().runs(packages.get())) {
            observations.add(new Observation(
                    "architecture-differs",
                    Observation.Severity.NOTE,
                    files.origin().toString(),
                    "the packages are for " + packages.get() + ", the programs for "
                            + program.get().debianName(),
                    Optional.empty(),
                    name()));
        }
        Optional<String> architecture =
                packages.or(() -> program.map(ElfMachine::kernelName)).or(system::architecture);
        return Findings.of(
                new OperatingSystem(
                        system.distribution(),
                        system.version(),
                        system.patchLevel(),
                        system.prettyName(),
                        architecture),
                observations);
    }

    private static Optional<String> ofPackages(GuestFiles files, List<InstalledPackage> packages) throws ImageProblem {
        Optional<String> listed = files.read(ARCH, MAX_BYTES)
                .map(bytes -> new String(bytes, StandardCharsets.ISO_8859_1).lines())
                .flatMap(java.util.stream.Stream::findFirst)
                .map(String::strip)
                .filter(line -> line.matches("[a-z0-9][a-z0-9-]{1,31}"));
        return listed.or(() -> packages.stream()
                .filter(one -> one.present() && !ANY.contains(one.architecture()))
                .filter(one -> TELLING.getOrDefault(one.ecosystem(), Set.of()).contains(one.name()))
                .map(InstalledPackage::architecture)
                .findFirst());
    }

    private static Optional<ElfMachine> program(GuestFiles files) throws ImageProblem {
        for (GuestPath path : PROGRAMS) {
            Optional<ElfMachine> machine =
                    files.readStart(path, ElfMachine.HEADER_BYTES).flatMap(ElfMachine::parse);
            if (machine.isPresent()) {
                return machine;
            }
        }
        return Optional.empty();
    }
}

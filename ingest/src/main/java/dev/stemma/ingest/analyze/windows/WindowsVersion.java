package dev.stemma.ingest.analyze.windows;

import dev.stemma.graph.model.GuestFact;
import dev.stemma.graph.model.OperatingSystem;
import dev.stemma.ingest.filesystem.RegistryHive;
import dev.stemma.ingest.filesystem.RegistryValue;
import dev.stemma.ingest.problem.ImageProblem;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/** Which Windows it is, and what its machine calls itself. Stateless. */
final class WindowsVersion {

    private static final String CURRENT = "Microsoft\\Windows NT\\CurrentVersion";

    /** Windows 11 calls itself 10 in the registry; its builds start here. */
    private static final long FIRST_ELEVEN = 22_000;

    private WindowsVersion() {}

    static OperatingSystem read(RegistryHive software, Optional<String> architecture) throws ImageProblem {
        Map<String, RegistryValue> values = software.values(
                        CURRENT,
                        List.of(
                                "ProductName",
                                "DisplayVersion",
                                "ReleaseId",
                                "CurrentVersion",
                                "CurrentMajorVersionNumber",
                                "CurrentMinorVersionNumber",
                                "CurrentBuildNumber",
                                "UBR",
                                "CSDVersion",
                                "InstallationType"))
                .orElse(Map.of());
        Optional<String> build = text(values, "CurrentBuildNumber");
        OptionalLong major = number(values, "CurrentMajorVersionNumber");
        Optional<String> version = major.isPresent()
                ? Optional.of(major.getAsLong() + "."
                        + number(values, "CurrentMinorVersionNumber").orElse(0))
                : text(values, "CurrentVersion");
        OptionalLong revision = number(values, "UBR");
        Optional<String> patch =
                revision.isPresent() ? Optional.of(Long.toString(revision.getAsLong())) : text(values, "CSDVersion");
        return new OperatingSystem(
                "windows",
                version.map(
                        numbers -> build.map(number -> numbers + "." + number).orElse(numbers)),
                patch,
                pretty(values, build),
                architecture);
    }

    private static Optional<String> pretty(Map<String, RegistryValue> values, Optional<String> build) {
        boolean server = text(values, "InstallationType")
                .filter(type -> !type.equals("Client"))
                .isPresent();
        boolean eleven = !server
                && build.filter(number -> number.matches("\\d{1,9}") && Long.parseLong(number) >= FIRST_ELEVEN)
                        .isPresent();
        Optional<String> release = text(values, "DisplayVersion").or(() -> text(values, "ReleaseId"));
        return text(values, "ProductName")
                .map(name -> eleven ? name.replaceFirst("^Windows 10\\b", "Windows 11") : name)
                .map(name -> release.map(number -> name + " " + number).orElse(name));
    }

    /** The host name, and the GUID that each installation has as its own. */
    static GuestFact.HostIdentity identity(RegistryHive software, RegistryHive system) throws ImageProblem {
        // Each hive is looked into before the next: one alone is open at a time.
        Optional<String> guid = software.values("Microsoft\\Cryptography", List.of("MachineGuid"))
                .flatMap(values -> text(values, "MachineGuid"))
                .map(text -> text.replaceAll("[{}-]", "").toLowerCase(Locale.ROOT));
        Optional<String> machineId = guid.filter(text -> text.matches("[0-9a-f]{32}"));
        long set = system.values("Select", List.of("Current"))
                .map(values -> number(values, "Current").orElse(1))
                .orElse(1L);
        String control = String.format(Locale.ROOT, "ControlSet%03d\\", set % 1_000);
        Optional<String> host = system.values(
                        control + "Services\\Tcpip\\Parameters", List.of("Hostname", "NV Hostname"))
                .flatMap(values -> text(values, "Hostname").or(() -> text(values, "NV Hostname")));
        if (host.isEmpty()) {
            host = system.values(control + "Control\\ComputerName\\ComputerName", List.of("ComputerName"))
                    .flatMap(values -> text(values, "ComputerName"));
        }
        return new GuestFact.HostIdentity(
                host,
                machineId,
                guid.isEmpty() ? "absent" : machineId.isPresent() ? "set" : "malformed",
                Optional.empty(),
                Optional.empty());
    }

    private static Optional<String> text(Map<String, RegistryValue> values, String name) {
        return Optional.ofNullable(values.get(name)).flatMap(RegistryValue::text);
    }

    private static OptionalLong number(Map<String, RegistryValue> values, String name) {
        RegistryValue value = values.get(name);
        return value == null ? OptionalLong.empty() : value.number();
    }
}

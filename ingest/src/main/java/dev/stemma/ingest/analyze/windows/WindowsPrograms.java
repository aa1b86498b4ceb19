package dev.stemma.ingest.analyze.windows;

import dev.stemma.graph.model.InstalledPackage;
import dev.stemma.ingest.analyze.Purl;
import dev.stemma.ingest.filesystem.RegistryHive;
import dev.stemma.ingest.filesystem.RegistryValue;
import dev.stemma.ingest.problem.ImageProblem;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The programs that Windows lists as installed, by Microsoft's "Uninstall Registry Key": those of the system's own architecture, and on 64-bit systems
 * those for 32 bits. What has no name to show is a part of another program, or an update, and left out there as in Windows' own list. Stateless.
 */
final class WindowsPrograms {

    private static final String NATIVE = "Microsoft\\Windows\\CurrentVersion\\Uninstall";
    private static final String FOR_32_BITS = "Wow6432Node\\" + NATIVE;
    private static final List<String> VALUES = List.of("DisplayName", "DisplayVersion", "Publisher", "SystemComponent");
    private static final int MAX_NAME_CHARACTERS = 512;

    private WindowsPrograms() {}

    static List<InstalledPackage> read(RegistryHive software, Optional<String> architecture) throws ImageProblem {
        Map<String, InstalledPackage> programs = new TreeMap<>();
        add(programs, software, NATIVE, architecture.orElse(""));
        add(programs, software, FOR_32_BITS, "i686");
        return List.copyOf(programs.values());
    }

    private static void add(
            Map<String, InstalledPackage> programs, RegistryHive software, String key, String architecture)
            throws ImageProblem {
        for (Map<String, RegistryValue> values :
                software.valuesBelow(key, VALUES).values()) {
            Optional<String> name = text(values, "DisplayName");
            if (name.isPresent() && !isHidden(values)) {
                InstalledPackage program =
                        program(name.get(), text(values, "DisplayVersion").orElse(""), architecture);
                programs.put(program.purl(), program);
            }
        }
    }

    private static boolean isHidden(Map<String, RegistryValue> values) {
        RegistryValue component = values.get("SystemComponent");
        return component != null && component.number().orElse(0) == 1;
    }

    private static InstalledPackage program(String name, String version, String architecture) {
        return new InstalledPackage(
                Purl.of(
                        "generic",
                        "windows",
                        name,
                        version,
                        architecture.isEmpty() ? Map.of() : Map.of("arch", architecture)),
                "generic",
                name,
                version,
                architecture,
                "installed",
                false,
                Optional.empty(),
                Optional.empty(),
                List.of());
    }

    private static Optional<String> text(Map<String, RegistryValue> values, String name) {
        return Optional.ofNullable(values.get(name))
                .flatMap(RegistryValue::text)
                .map(text -> text.length() > MAX_NAME_CHARACTERS ? text.substring(0, MAX_NAME_CHARACTERS) : text);
    }
}

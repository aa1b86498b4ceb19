package dev.stemma.ingest.analyze.service;

import dev.stemma.graph.model.GuestFact.EnabledService;
import dev.stemma.graph.model.GuestFact.MaskedService;
import dev.stemma.graph.model.GuestFact.ScheduledJob;
import dev.stemma.graph.model.GuestName;
import dev.stemma.graph.model.GuestPath;
import dev.stemma.graph.model.Payload;
import dev.stemma.ingest.analyze.FactLog;
import dev.stemma.ingest.analyze.GuestFiles;
import dev.stemma.ingest.analyze.GuestText;
import dev.stemma.ingest.problem.ImageProblem;
import dev.stemma.ingest.problem.OverBudget;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Units that the administrator's directory enables or masks, as {@code systemctl --root list-unit-files} tells them: links
 * in {@code X.wants}, {@code X.requires} and {@code X.upholds}, and aliases that the unit's own {@code [Install]} names. Instances keep
 * their names ({@code getty@tty1}). What generators would add at boot is not known. See systemd.unit(5), "unit file load path".
 */
final class SystemdUnits {

    private static final GuestPath CONFIGURED = GuestPath.parse("/etc/systemd/system");

    /** Where unit files are looked for, first found first used. */
    private static final List<GuestPath> PATH = List.of(
            CONFIGURED,
            GuestPath.parse("/usr/local/lib/systemd/system"),
            GuestPath.parse("/usr/lib/systemd/system"),
            GuestPath.parse("/lib/systemd/system"));

    private static final Set<String> KINDS = Set.of(
            "service", "socket", "timer", "target", "path", "mount", "automount", "swap", "device", "slice", "scope");
    private static final List<String> PULLING = List.of(".wants", ".requires", ".upholds");

    private final FactLog log;
    private final GuestFiles files;
    private final Map<String, Set<String>> enabled = new TreeMap<>();
    private final Set<String> masked = new TreeSet<>();

    SystemdUnits(FactLog log) {
        this.log = log;
        this.files = log.files();
    }

    /** @return the names of all units that have a file, so that init scripts of the same name are known to be shadowed */
    Set<String> gather() throws OverBudget {
        Set<String> known = new HashSet<>();
        for (GuestPath directory : PATH) {
            for (GuestFiles.Found found : log.list(directory)) {
                String name = GuestText.name(found.path());
                if (isUnit(name)) {
                    if (known.add(name)) {
                        log.attempt(directory.child(found.node().name()), path -> unit(path, name, found));
                    }
                } else if (directory.equals(CONFIGURED)) {
                    pulled(name, directory.child(found.node().name()));
                }
            }
        }
        enabled.forEach((unit, by) -> {
            if (!masked.contains(unit)) {
                log.add(new EnabledService(
                        GuestText.shown(stem(unit)),
                        kind(unit),
                        by.stream().sorted().toList()));
            }
        });
        masked.forEach(unit -> log.add(new MaskedService(GuestText.shown(stem(unit)), kind(unit))));
        for (String unit : enabled.keySet()) {
            if (kind(unit).equals("timer") && !masked.contains(unit)) {
                timer(unit);
            }
        }
        return known;
    }

    /** An entry of a unit directory itself: masked, an alias, or the unit's own file. */
    private void unit(GuestPath path, String name, GuestFiles.Found found) throws ImageProblem {
        if (found.node().payload() instanceof Payload.File file && file.sizeBytes() == 0) {
            masked.add(name);
        } else if (found.node().payload() instanceof Payload.Link link) {
            String target = new String(link.target().bytes(), java.nio.charset.StandardCharsets.ISO_8859_1);
            if (target.equals("/dev/null")) {
                masked.add(name);
                return;
            }
            String unit = target.substring(target.lastIndexOf('/') + 1);
            boolean configured = path.parent().equals(CONFIGURED);
            if (configured
                    && !unit.equals(name)
                    && isUnit(unit)
                    && aliases(unit).contains(name)) {
                enabled.computeIfAbsent(unit, _ -> new TreeSet<>()).add(GuestText.shown(name));
            }
        }
    }

    private Set<String> aliases(String unit) throws ImageProblem {
        Optional<GuestPath> file = file(unit);
        return file.isEmpty()
                ? Set.of()
                : Set.copyOf(UnitFile.read(files, file.get()).words("Install", "Alias"));
    }

    /** The links of a directory that pulls units in. */
    private void pulled(String name, GuestPath directory) throws OverBudget {
        Optional<String> suffix = PULLING.stream().filter(name::endsWith).findFirst();
        if (suffix.isEmpty()) {
            return;
        }
        String by = name.substring(0, name.length() - suffix.get().length());
        for (GuestFiles.Found found : log.list(directory)) {
            String unit = GuestText.name(found.path());
            if (isUnit(unit) && found.node().payload() instanceof Payload.Link) {
                log.attempt(found.path(), path -> {
                    // A link may lead nowhere, to a unit that was removed since: then nothing starts.
                    if (file(unit).isPresent() || files.find(path).isPresent()) {
                        enabled.computeIfAbsent(unit, _ -> new TreeSet<>()).add(GuestText.shown(by));
                    }
                });
            }
        }
    }

    /** Where a unit's file lies; an instance has its template's. */
    private Optional<GuestPath> file(String unit) throws ImageProblem {
        int at = unit.indexOf('@');
        String template = at < 0 ? unit : unit.substring(0, at + 1) + "." + kind(unit);
        for (String name : at < 0 ? List.of(unit) : List.of(unit, template)) {
            for (GuestPath directory : PATH) {
                GuestPath path =
                        directory.child(GuestName.of(name.getBytes(java.nio.charset.StandardCharsets.ISO_8859_1)));
                if (files.find(path).isPresent()) {
                    return Optional.of(path);
                }
            }
        }
        return Optional.empty();
    }

    private void timer(String unit) throws OverBudget {
        log.attempt(CONFIGURED, _ -> {
            Optional<GuestPath> file = file(unit);
            if (file.isEmpty()) {
                return;
            }
            UnitFile timer = UnitFile.read(files, file.get());
            String schedule = String.join(", ", timer.all("Timer", "OnCalendar"));
            String starts = timer.last("Timer", "Unit").orElse(stem(unit) + ".service");
            log.add(new ScheduledJob(
                    "timer",
                    schedule.isEmpty() ? "after an event" : GuestText.shown(schedule),
                    Optional.empty(),
                    Optional.of(GuestText.shown(starts)),
                    file.get().escaped()));
        });
    }

    private static boolean isUnit(String name) {
        return name.lastIndexOf('.') > 0 && KINDS.contains(kind(name));
    }

    private static String kind(String unit) {
        return unit.substring(unit.lastIndexOf('.') + 1);
    }

    private static String stem(String unit) {
        return unit.substring(0, unit.lastIndexOf('.'));
    }
}

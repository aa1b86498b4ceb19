package dev.stemma.ingest.analyze.service;

import dev.stemma.graph.model.GuestFact.EnabledService;
import dev.stemma.graph.model.GuestPath;
import dev.stemma.graph.model.Payload;
import dev.stemma.ingest.analyze.FactLog;
import dev.stemma.ingest.analyze.GuestFiles;
import dev.stemma.ingest.analyze.GuestText;
import dev.stemma.ingest.problem.OverBudget;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Services of init systems older than systemd and beside it: start links of the run levels that a machine works in (System V,
 * LSB), and OpenRC's run levels. Where systemd has a unit of the same name, the script is shadowed and not told.
 */
final class InitScripts {

    private static final List<String> LEVELS = List.of("S", "2", "3", "4", "5");
    private static final GuestPath OPENRC = GuestPath.parse("/etc/runlevels");

    private InitScripts() {}

    /** @param units names of systemd's units */
    static void gather(FactLog log, Set<String> units) throws OverBudget {
        Map<String, Set<String>> started = new TreeMap<>();
        for (String level : LEVELS) {
            String directory = "/etc/rc" + level + ".d";
            GuestPath path = GuestPath.parse(directory);
            if (log.list(path).isEmpty()) {
                path = GuestPath.parse("/etc/rc.d/rc" + level + ".d"); // Red Hat's place
            }
            for (GuestFiles.Found found : log.list(path)) {
                String name = GuestText.name(found.path());
                boolean starts = name.length() > 3
                        && name.charAt(0) == 'S'
                        && Character.isDigit(name.charAt(1))
                        && Character.isDigit(name.charAt(2));
                if (starts && !units.contains(name.substring(3) + ".service")) {
                    started.computeIfAbsent(name.substring(3), _ -> new TreeSet<>())
                            .add("rc" + level);
                }
            }
        }
        started.forEach(
                (name, levels) -> log.add(new EnabledService(GuestText.shown(name), "sysv", List.copyOf(levels))));
        openrc(log);
    }

    private static void openrc(FactLog log) throws OverBudget {
        Map<String, Set<String>> started = new TreeMap<>();
        for (GuestFiles.Found level : log.list(OPENRC)) {
            if (level.node().payload() instanceof Payload.Directory) {
                for (GuestFiles.Found found : log.list(level.path())) {
                    started.computeIfAbsent(GuestText.name(found.path()), _ -> new TreeSet<>())
                            .add(GuestText.shown(GuestText.name(level.path())));
                }
            }
        }
        started.forEach(
                (name, levels) -> log.add(new EnabledService(GuestText.shown(name), "openrc", List.copyOf(levels))));
    }
}

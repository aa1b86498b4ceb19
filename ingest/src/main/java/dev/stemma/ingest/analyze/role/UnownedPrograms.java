package dev.stemma.ingest.analyze.role;

import dev.stemma.graph.model.GuestFact.UnownedProgram;
import dev.stemma.graph.model.GuestPath;
import dev.stemma.graph.model.InstalledPackage;
import dev.stemma.graph.model.Payload;
import dev.stemma.ingest.analyze.FactLog;
import dev.stemma.ingest.analyze.GuestFiles;
import dev.stemma.ingest.analyze.GuestText;
import dev.stemma.ingest.problem.OverBudget;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Known server programs that somebody put there by hand: below {@code /opt}, {@code /usr/local} and {@code /srv}, executable, owned by no package. */
final class UnownedPrograms {

    private static final List<GuestPath> ROOTS =
            List.of(GuestPath.parse("/opt"), GuestPath.parse("/usr/local"), GuestPath.parse("/srv"));
    private static final int MAX_DEPTH = 5;
    private static final int MAX_DIRECTORIES = 2_000;

    private UnownedPrograms() {}

    /** @param names of the programs that matter */
    static void gather(FactLog log, List<InstalledPackage> packages, Set<String> names) throws OverBudget {
        Set<GuestPath> owned = new HashSet<>();
        for (InstalledPackage installed : packages) {
            installed.owned().forEach(path -> {
                if (names.contains(GuestText.name(path.path()))) {
                    owned.add(path.path());
                }
            });
        }
        for (GuestPath root : ROOTS) {
            Deque<GuestPath> pending = new ArrayDeque<>(List.of(root));
            int directories = 0;
            while (!pending.isEmpty()) {
                if (++directories > MAX_DIRECTORIES) {
                    log.observe(
                            "too-many-facts",
                            root,
                            "there are more than " + MAX_DIRECTORIES
                                    + " directories where programs may lie; the rest was not looked at");
                    break;
                }
                GuestPath directory = pending.pop();
                // All of it, however large: only names and modes are looked at, and these were read anyway.
                List<GuestFiles.Found> entries = new ArrayList<>();
                log.attempt(directory, path -> entries.addAll(log.files().list(path)));
                for (GuestFiles.Found found : entries) {
                    GuestPath path = directory.child(found.node().name());
                    if (found.node().payload() instanceof Payload.Directory) {
                        if (path.depth() - root.depth() < MAX_DEPTH) {
                            pending.addLast(path);
                        }
                    } else if (program(found) && names.contains(GuestText.name(path)) && !owned.contains(path)) {
                        log.add(new UnownedProgram(GuestText.name(path), path.escaped()));
                    }
                }
            }
        }
    }

    private static boolean program(GuestFiles.Found found) {
        return found.node().payload() instanceof Payload.File file
                && file.sizeBytes() > 0
                && (found.node().attributes().mode() & 0111) != 0;
    }
}

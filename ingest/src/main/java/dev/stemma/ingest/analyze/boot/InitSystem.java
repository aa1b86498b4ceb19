package dev.stemma.ingest.analyze.boot;

import dev.stemma.graph.model.GuestPath;
import dev.stemma.graph.model.Payload;
import dev.stemma.ingest.analyze.FactLog;
import dev.stemma.ingest.analyze.GuestFiles;
import dev.stemma.ingest.analyze.GuestText;
import dev.stemma.ingest.problem.ImageProblem;
import dev.stemma.ingest.problem.OverBudget;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/**
 * The first process, by where {@code /sbin/init} leads, and what it brings the machine up to.
 *
 * @param name empty when there is no such program, as in most containers
 * @param defaultTarget systemd's, or {@code runlevel N} of inittab(5)
 */
record InitSystem(Optional<String> name, Optional<String> defaultTarget) {

    private static final GuestPath INIT = GuestPath.parse("/sbin/init");
    private static final GuestPath INITTAB = GuestPath.parse("/etc/inittab");
    private static final GuestPath OPENRC = GuestPath.parse("/sbin/openrc");
    private static final List<GuestPath> DEFAULT_TARGET = List.of(
            GuestPath.parse("/etc/systemd/system/default.target"),
            GuestPath.parse("/usr/local/lib/systemd/system/default.target"),
            GuestPath.parse("/usr/lib/systemd/system/default.target"),
            GuestPath.parse("/lib/systemd/system/default.target"));

    static InitSystem find(FactLog log) throws OverBudget {
        String[] found = {"", ""};
        log.attempt(INIT, path -> found[0] = name(log.files()));
        log.attempt(INITTAB, path -> found[1] = target(log.files(), found[0]));
        return new InitSystem(
                Optional.of(found[0]).filter(name -> !name.isEmpty()),
                Optional.of(found[1]).filter(target -> !target.isEmpty()).map(GuestText::shown));
    }

    private static String name(GuestFiles files) throws ImageProblem {
        Optional<GuestFiles.Found> init = files.find(INIT);
        if (init.isEmpty()) {
            return "";
        }
        String program = GuestText.name(init.get().path());
        if (program.equals("systemd")) {
            return "systemd";
        }
        if (program.startsWith("openrc") || files.find(OPENRC).isPresent()) {
            return "openrc";
        }
        if (program.startsWith("runit")) {
            return "runit";
        }
        if (program.equals("busybox")) {
            return "busybox";
        }
        return files.find(INITTAB).isPresent() ? "sysvinit" : "";
    }

    private static String target(GuestFiles files, String init) throws ImageProblem {
        switch (init) {
            case "systemd" -> {
                for (GuestPath path : DEFAULT_TARGET) {
                    Optional<GuestFiles.Found> found = files.findLink(path);
                    if (found.isPresent() && found.get().node().payload() instanceof Payload.Link link) {
                        String target = new String(link.target().bytes(), StandardCharsets.ISO_8859_1);
                        return target.substring(target.lastIndexOf('/') + 1);
                    }
                }
                return "";
            }
            case "sysvinit", "busybox" -> {
                for (String line : GuestText.telling(files, INITTAB)) {
                    String[] fields = line.split(":", 4);
                    if (fields.length >= 3 && fields[2].equals("initdefault")) {
                        return "runlevel " + fields[1];
                    }
                }
                return "";
            }
            case "openrc" -> {
                return "default";
            }
            default -> {
                return "";
            }
        }
    }
}

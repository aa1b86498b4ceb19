package dev.stemma.ingest.analyze.host;

import dev.stemma.graph.model.GuestPath;
import dev.stemma.ingest.analyze.FactLog;
import dev.stemma.ingest.analyze.GuestFiles;
import dev.stemma.ingest.analyze.GuestText;
import dev.stemma.ingest.problem.ImageProblem;
import dev.stemma.ingest.problem.OverBudget;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** interfaces(5) of Debian and its kin, and the pieces in {@code interfaces.d}. */
final class Ifupdown {

    private static final GuestPath FILE = GuestPath.parse("/etc/network/interfaces");
    private static final GuestPath PIECES = GuestPath.parse("/etc/network/interfaces.d");

    private Ifupdown() {}

    static void gather(FactLog log) throws OverBudget {
        log.attempt(FILE, path -> read(log, path));
        for (GuestFiles.Found found : log.list(PIECES)) {
            log.attempt(found.path(), path -> read(log, path));
        }
    }

    /** How one interface is configured. */
    private static final class Stanza {
        private String method = "";
        private final List<String> addresses = new ArrayList<>();
    }

    private static void read(FactLog log, GuestPath path) throws ImageProblem {
        Map<String, Stanza> stanzas = new LinkedHashMap<>();
        Stanza current = new Stanza();
        for (String line : GuestText.telling(log.files(), path)) {
            String[] words = line.split("\\s+", 5);
            switch (words[0]) {
                case "iface" -> {
                    if (words.length < 4) {
                        log.malformed(path, "an iface line without family and method");
                        current = new Stanza();
                    } else if (stanzas.size() < FactLog.MAX_OF_A_KIND) {
                        current = stanzas.computeIfAbsent(words[1], _ -> new Stanza());
                        // inet and inet6 are stanzas of their own; the first says how the interface is found.
                        current.method = current.method.isEmpty() ? words[3] : current.method;
                    }
                }
                case "address" -> {
                    if (words.length > 1) {
                        current.addresses.add(words[1]);
                    }
                }
                case "netmask" -> {
                    if (words.length > 1 && !current.addresses.isEmpty()) {
                        String address = current.addresses.removeLast();
                        current.addresses.add(address.contains("/") ? address : address + "/" + words[1]);
                    }
                }
                case "auto", "mapping", "source", "source-directory", "allow-hotplug" -> current = new Stanza();
                default -> {}
            }
        }
        stanzas.forEach((name, stanza) -> Network.add(log, name, stanza.method, stanza.addresses, "ifupdown", path));
    }
}

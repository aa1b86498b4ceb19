package dev.stemma.ingest.analyze.host;

import dev.stemma.graph.model.GuestPath;
import dev.stemma.ingest.analyze.FactLog;
import dev.stemma.ingest.analyze.GuestText;
import dev.stemma.ingest.analyze.Yaml;
import dev.stemma.ingest.problem.ImageProblem;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Netplan's YAML, as far as names, DHCP and addresses go. */
final class Netplan {

    private static final List<String> KINDS =
            List.of("ethernets", "wifis", "modems", "bonds", "bridges", "vlans", "tunnels", "dummy-devices", "vrfs");

    private Netplan() {}

    static void read(FactLog log, GuestPath path) throws ImageProblem {
        Optional<byte[]> text = log.files().read(path, GuestText.MAX_BYTES);
        if (text.isEmpty()) {
            return;
        }
        Optional<Object> document = Yaml.parse(text.get());
        if (document.isEmpty()) {
            log.malformed(path, "it is not YAML that may be read");
            return;
        }
        Map<?, ?> network = Yaml.map(document.get(), "network");
        for (String kind : KINDS) {
            Yaml.map(network, kind).forEach((name, value) -> {
                if (value instanceof Map<?, ?> device) {
                    List<String> addresses = new ArrayList<>();
                    Yaml.texts(device, "addresses").forEach(address -> addresses.add(latin(address)));
                    boolean dhcp = yes(device, "dhcp4") || yes(device, "dhcp6");
                    String method = dhcp ? "dhcp" : addresses.isEmpty() ? "manual" : "static";
                    Network.add(log, latin(String.valueOf(name)), method, addresses, "netplan", path);
                }
            });
        }
    }

    private static boolean yes(Map<?, ?> device, String key) {
        return Yaml.texts(device, key).stream().anyMatch(GuestText::yes);
    }

    private static String latin(String text) {
        return new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
    }
}

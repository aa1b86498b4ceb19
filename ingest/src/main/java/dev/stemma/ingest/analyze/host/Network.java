package dev.stemma.ingest.analyze.host;

import dev.stemma.graph.model.GuestFact.NetworkInterface;
import dev.stemma.graph.model.GuestPath;
import dev.stemma.ingest.analyze.FactLog;
import dev.stemma.ingest.analyze.GuestFiles;
import dev.stemma.ingest.analyze.GuestText;
import dev.stemma.ingest.analyze.service.UnitFile;
import dev.stemma.ingest.problem.ImageProblem;
import dev.stemma.ingest.problem.OverBudget;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Interfaces as each of the tools configures them that distributions bring. Only names, methods and addresses are read; keys of wireless
 * networks and tunnels lie beside them and are passed over.
 */
final class Network {

    private static final GuestPath NETWORKD = GuestPath.parse("/etc/systemd/network");
    private static final GuestPath NETWORK_MANAGER = GuestPath.parse("/etc/NetworkManager/system-connections");
    private static final List<GuestPath> IFCFG =
            List.of(GuestPath.parse("/etc/sysconfig/network-scripts"), GuestPath.parse("/etc/sysconfig/network"));
    private static final GuestPath NETPLAN = GuestPath.parse("/etc/netplan");

    private static final int MAX_ADDRESSES = 64;

    private Network() {}

    static void gather(FactLog log) throws OverBudget {
        Ifupdown.gather(log);
        each(log, NETPLAN, ".yaml", path -> Netplan.read(log, path));
        each(log, NETWORK_MANAGER, "", path -> keyfile(log, path));
        each(log, NETWORKD, ".network", path -> networkd(log, path));
        for (GuestPath directory : IFCFG) {
            for (GuestFiles.Found found : log.list(directory)) {
                if (GuestText.name(found.path()).startsWith("ifcfg-")) {
                    log.attempt(found.path(), path -> ifcfg(log, path));
                }
            }
        }
    }

    private static void each(FactLog log, GuestPath directory, String ending, FactLog.Step step) throws OverBudget {
        for (GuestFiles.Found found : log.list(directory)) {
            if (GuestText.name(found.path()).endsWith(ending)) {
                log.attempt(found.path(), step);
            }
        }
    }

    /** NetworkManager's keyfile, nm-settings-keyfile(5). */
    private static void keyfile(FactLog log, GuestPath path) throws ImageProblem {
        UnitFile file = UnitFile.read(log.files(), path);
        Optional<String> name = file.last("connection", "interface-name").or(() -> file.last("connection", "id"));
        if (name.isEmpty()) {
            log.malformed(path, "it names neither an interface nor a connection");
            return;
        }
        List<String> addresses = new ArrayList<>();
        for (String family : List.of("ipv4", "ipv6")) {
            for (int i = 1; i <= 16; i++) {
                file.last(family, "address" + i).ifPresent(address -> addresses.add(address.split("[,;]", 2)[0]));
            }
        }
        String method = file.last("ipv4", "method")
                .or(() -> file.last("ipv6", "method"))
                .orElse("auto");
        String word =
                switch (method) {
                    case "auto" -> "dhcp";
                    case "manual" -> "static";
                    default -> method;
                };
        add(log, name.get(), word, addresses, "networkmanager", path);
    }

    /** systemd.network(5). */
    private static void networkd(FactLog log, GuestPath path) throws ImageProblem {
        UnitFile file = UnitFile.read(log.files(), path);
        String name = file.last("Match", "Name")
                .or(() -> file.last("Match", "MACAddress"))
                .or(() -> file.last("Match", "Type"))
                .orElse("*");
        List<String> addresses = new ArrayList<>(file.all("Network", "Address"));
        addresses.addAll(file.all("Address", "Address"));
        String dhcp = file.last("Network", "DHCP").orElse("no").toLowerCase(Locale.ROOT);
        boolean asked = GuestText.yes(dhcp) || dhcp.startsWith("ipv4") || dhcp.startsWith("ipv6");
        add(log, name, asked ? "dhcp" : addresses.isEmpty() ? "manual" : "static", addresses, "networkd", path);
    }

    /** Red Hat's and SUSE's interface files: shell assignments. */
    private static void ifcfg(FactLog log, GuestPath path) throws ImageProblem {
        Map<String, String> values = new HashMap<>();
        for (String line : GuestText.telling(log.files(), path)) {
            int equals = line.indexOf('=');
            if (equals > 0) {
                values.put(
                        line.substring(0, equals),
                        GuestText.unquoted(line.substring(equals + 1).strip()));
            }
        }
        String name = values.getOrDefault("DEVICE", GuestText.name(path).substring("ifcfg-".length()));
        List<String> addresses = new ArrayList<>();
        for (String suffix : List.of("", "0", "1", "2", "3", "_0", "_1")) {
            String address = values.getOrDefault("IPADDR" + suffix, "");
            String prefix = values.getOrDefault("PREFIX" + suffix, values.getOrDefault("PREFIXLEN" + suffix, ""));
            if (!address.isEmpty()) {
                addresses.add(prefix.isEmpty() || address.contains("/") ? address : address + "/" + prefix);
            }
        }
        Optional.ofNullable(values.get("IPV6ADDR")).ifPresent(addresses::add);
        String method = values.getOrDefault("BOOTPROTO", "").toLowerCase(Locale.ROOT);
        boolean none = method.isEmpty() || method.equals("none");
        add(log, name, none ? (addresses.isEmpty() ? "manual" : "static") : method, addresses, "ifcfg", path);
    }

    /** Keeps an interface with what may be shown of it. */
    static void add(
            FactLog log, String name, String method, List<String> addresses, String configuredBy, GuestPath path) {
        log.add(new NetworkInterface(
                GuestText.shown(name),
                GuestText.shown(method),
                addresses.stream()
                        .filter(address -> !address.isBlank())
                        .limit(MAX_ADDRESSES)
                        .map(GuestText::shown)
                        .toList(),
                configuredBy,
                path.escaped()));
    }
}

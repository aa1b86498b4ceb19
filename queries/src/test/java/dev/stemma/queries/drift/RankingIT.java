package dev.stemma.queries.drift;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stemma.graph.GraphExtension;
import dev.stemma.graph.store.Graph;
import dev.stemma.queries.Guest;
import dev.stemma.queries.Library;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Machines on which one thing was broken among all that happens to machines; the one thing is to be looked at first. */
@ExtendWith(GraphExtension.class)
@GraphExtension.EmptiedBeforeEachTest
final class RankingIT {

    private static final int PACKAGES = 120;

    private final Graph graph;

    RankingIT(Graph graph) {
        this.graph = graph;
    }

    private static Guest machine() {
        Guest guest = new Guest()
                .os("debian", "12", "Debian GNU/Linux 12")
                .dir("/var/log")
                .dir("/var/cache")
                .enable("nginx")
                .enable("ssh")
                .enable("postgresql@15-main")
                .account("root", 0, "/bin/bash")
                .account("www-data", 33, "/usr/sbin/nologin")
                .file("/usr/sbin/nginx", "nginx")
                .file("/etc/nginx/nginx.conf", "worker_processes 4;")
                .file("/usr/bin/python3.11", "python")
                .file("/usr/lib/libssl.so.3", "ssl")
                .file("/usr/lib/libz.so.1", "z")
                .file("/etc/fstab", "UUID=1 / ext4")
                .file("/etc/resolv.conf", "nameserver 192.0.2.1")
                .file("/etc/pam.d/common-auth", "auth required pam_unix.so")
                .file("/etc/ssl/private/shop.pem", "key")
                .file("/srv/shop/config.ini", "[shop]")
                .install("nginx", "1.22.1-9", "/usr/sbin/nginx", "/etc/nginx/nginx.conf")
                .install("python3.11", "3.11.2-6", "/usr/bin/python3.11")
                .install("libssl3", "3.0.15-1", "/usr/lib/libssl.so.3")
                .install("zlib1g", "1.2.13", "/usr/lib/libz.so.1")
                .install("postgresql-15", "15.10-0", "/etc/postgresql-common/x")
                .install("libpam-runtime", "1.5.2", "/etc/pam.d/common-auth")
                .fact(
                        "BOOTS_WITH",
                        "BootSetup",
                        "",
                        Map.of("defaultTarget", "multi-user.target", "initSystem", "systemd"),
                        Map.of())
                .fact("CONFIGURES_INTERFACE", "NetworkInterface", "eth0", network("192.0.2.10/24"), Map.of())
                .fact("HOLDS_CERTIFICATE", "Certificate", "shop", certificate(), Map.of("path", "/etc/ssl/shop.crt"));
        for (int i = 0; i < PACKAGES; i++) {
            guest.file("/usr/lib/pkg" + i + "/lib.so", "lib " + i + " 1")
                    .file("/etc/pkg" + i + ".conf", "conf " + i)
                    .install("pkg" + i, "1." + i, "/usr/lib/pkg" + i + "/lib.so", "/etc/pkg" + i + ".conf");
        }
        return guest;
    }

    private static Map<String, Object> network(String address) {
        return Map.of(
                "name",
                "eth0",
                "method",
                "static",
                "addresses",
                List.of(address),
                "configuredBy",
                "ifupdown",
                "file",
                "/etc/network/interfaces");
    }

    /** Ends in the second between the first image of a library and the next one. */
    private static Map<String, Object> certificate() {
        return Map.of(
                "subject", "CN=shop",
                "issuer", "CN=ca",
                "serial", "1",
                "notBefore", ZonedDateTime.of(2026, 1, 1, 0, 0, 0, 0, ZoneOffset.UTC),
                "notAfter", ZonedDateTime.of(2026, 12, 24, 0, 0, 0, 0, ZoneOffset.UTC));
    }

    /** A year of a machine: upgrades, logs, caches, other keys, some files of people. */
    private static Guest lived(Guest guest) {
        Guest lived = guest.copy();
        for (int i = 0; i < PACKAGES; i += 2) {
            lived.uninstall("pkg" + i)
                    .file("/usr/lib/pkg" + i + "/lib.so", "lib " + i + " 2")
                    .install("pkg" + i, "1." + i + "-2", "/usr/lib/pkg" + i + "/lib.so", "/etc/pkg" + i + ".conf");
        }
        for (int i = 0; i < 300; i++) {
            lived.file("/var/log/app/" + i + ".log", "line " + i).file("/var/cache/app/" + i, "cached " + i);
        }
        for (int i = 0; i < 50; i++) {
            lived.file("/srv/shop/uploads/" + i + ".jpg", "picture " + i);
        }
        return lived.file("/etc/machine-id", "0123")
                .file("/etc/ssh/ssh_host_ed25519_key", "key")
                .file("/root/.bash_history", "ls")
                .file("/etc/motd", "welcome")
                .file("/usr/share/doc/pkg1/NEWS", "news")
                .account("deploy", 1001, "/bin/bash")
                .install("htop", "3.2.2-2");
    }

    private static Map<String, Consumer<Guest>> mishaps() {
        Map<String, Consumer<Guest>> mishaps = new LinkedHashMap<>();
        mishaps.put("service nginx.service", guest -> guest.unsay("ENABLES", "nginx"));
        mishaps.put("/etc/nginx/nginx.conf", guest -> guest.file("/etc/nginx/nginx.conf", "worker_processes;"));
        mishaps.put("/etc/fstab", guest -> guest.file("/etc/fstab", "UUID=2 / ext4"));
        mishaps.put("/etc/resolv.conf", guest -> guest.remove("/etc/resolv.conf"));
        mishaps.put(
                "/etc/pam.d/common-auth", guest -> guest.file("/etc/pam.d/common-auth", "auth required pam_deny.so"));
        mishaps.put("/usr/bin/python3.11", guest -> guest.file("/usr/bin/python3.11", "patched"));
        mishaps.put("/usr/sbin/nginx", guest -> guest.file(1, "/usr/sbin/nginx", "nginx", 0600, 0));
        mishaps.put("/usr/lib/libz.so.1", guest -> guest.remove("/usr/lib/libz.so.1"));
        mishaps.put("libssl3:amd64", guest -> guest.uninstall("libssl3")
                .file("/usr/lib/libssl.so.3", "older")
                .install("libssl3", "3.0.11-1", "/usr/lib/libssl.so.3"));
        mishaps.put("nginx:amd64", guest -> guest.uninstall("nginx")
                .installAs(
                        "nginx",
                        "1.22.1-9+deb12u1",
                        "amd64",
                        "half-configured",
                        "/usr/sbin/nginx",
                        "/etc/nginx/nginx.conf"));
        mishaps.put("postgresql-15:amd64", guest -> guest.uninstall("postgresql-15"));
        mishaps.put("account www-data", guest -> guest.unsay("HAS_ACCOUNT", "www-data"));
        mishaps.put(
                "boot",
                guest -> guest.fact(
                        "BOOTS_WITH",
                        "BootSetup",
                        "",
                        Map.of("defaultTarget", "rescue.target", "initSystem", "systemd"),
                        Map.of()));
        mishaps.put(
                "network interface eth0",
                guest -> guest.fact(
                        "CONFIGURES_INTERFACE", "NetworkInterface", "eth0", network("192.0.2.11/24"), Map.of()));
        mishaps.put("/usr/local/bin/python3", guest -> guest.file(1, "/usr/local/bin/python3", "another", 0755, 0));
        return mishaps;
    }

    @Test
    void whatBrokeTheMachineIsAmongTheFirstToLookAt() {
        Library library = new Library(graph);
        DriftFinder finder = new DriftFinder(graph);
        Guest machine = machine();
        String before = library.index("before", machine);
        List<String> late = new ArrayList<>();
        mishaps().forEach((culprit, mishap) -> {
            Guest broken = lived(machine);
            mishap.accept(broken);
            DriftAnswer answer = finder.drift(before, library.index("after", broken), DriftOptions.all(1));
            List<String> names = answer.ranking().orElseThrow().suspects().stream()
                    .map(Suspect::name)
                    .toList();
            int place = names.indexOf(culprit) + 1;
            if (place < 1 || place > 3) {
                late.add(culprit + " is number " + place + " of " + names.subList(0, Math.min(8, names.size())));
            }
        });
        assertThat(late).isEmpty();
    }

    @Test
    void whatIsNoiseIsCountedAndListedWhenAskedFor() {
        Library library = new Library(graph);
        DriftFinder finder = new DriftFinder(graph);
        Guest machine = machine();
        Guest later = lived(machine).file(1, "/var/log/app/tool", "elf", 0755, 0);
        String before = library.index("before", machine);
        String after = library.index("after", later);

        FileDrift files =
                finder.drift(before, after, DriftOptions.all(1_000)).files().orElseThrow();
        DriftOptions withNoise = new DriftOptions(
                DriftOptions.all(1).parts(), true, DriftOptions.all(1_000).page());
        FileDrift all = finder.drift(before, after, withNoise).files().orElseThrow();

        assertThat(files.noise())
                .extracting(noise -> noise.rule() + " " + noise.paths())
                .containsExactly("caches 301", "logs 301", "identity 2", "records of work 1");
        assertThat(files.changes().items())
                .extracting(FileChange::path)
                .contains("/var/log/app/tool", "/etc/motd")
                .noneMatch(path -> path.startsWith("/var/cache"));
        assertThat(files.byOwner().getFirst().added()).isEqualTo(files.added());
        assertThat(all.changes().total())
                .isEqualTo(files.changes().total() + 605)
                .isEqualTo(all.added() + all.removed() + all.changed() + 605);
        assertThat(all.changes().items())
                .filteredOn(change -> change.noise().isPresent())
                .hasSize(605);
    }

    @Test
    void manyFilesOfOneKindAreOneSuspect() {
        Library library = new Library(graph);
        Guest machine = machine();
        List<Suspect> suspects = new DriftFinder(graph)
                .drift(library.index("before", machine), library.index("after", lived(machine)), DriftOptions.all(1))
                .ranking()
                .orElseThrow()
                .suspects();
        assertThat(suspects)
                .filteredOn(suspect -> suspect.what() == Suspect.What.FILE && suspect.paths() > 1)
                .extracting(suspect -> suspect.change() + " " + suspect.name() + " " + suspect.paths())
                .containsExactly("added /srv/shop/uploads 50");
        assertThat(suspects).noneMatch(suspect -> suspect.name().startsWith("/usr/lib/pkg"));
        assertThat(suspects).extracting(Suspect::weight).isSortedAccordingTo(java.util.Comparator.reverseOrder());
    }

    @Test
    void aCertificateThatEndedBetweenTwoLooksIsSuspect() {
        Library library = new Library(graph);
        Guest machine = machine();
        String before = library.index("before", machine);
        String after = library.index("after", lived(machine));
        graph.write(new dev.stemma.graph.store.Statement(
                "MATCH (:Image {name: 'after'})-[has:HAS_INVENTORY]->() SET has.observedAt = datetime('2026-12-25T00:00:00Z')",
                Map.of()));
        assertThat(new DriftFinder(graph)
                        .drift(before, after, DriftOptions.all(1))
                        .ranking()
                        .orElseThrow()
                        .suspects()
                        .getFirst())
                .extracting(Suspect::name, Suspect::reasons)
                .containsExactly(
                        "certificate /etc/ssl/shop.crt CN=shop", List.of("went out of date between the two looks"));
    }
}

package dev.stemma.queries.drift;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stemma.graph.GraphExtension;
import dev.stemma.graph.store.Graph;
import dev.stemma.queries.Guest;
import dev.stemma.queries.Library;
import dev.stemma.queries.drift.system.SystemDrift;
import dev.stemma.queries.page.PageRequest;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(GraphExtension.class)
@GraphExtension.EmptiedBeforeEachTest
final class SystemDriftIT {

    private final Graph graph;
    private final Library library;

    SystemDriftIT(Graph graph) {
        this.graph = graph;
        this.library = new Library(graph);
    }

    private SystemDrift drift(Guest from, Guest to) {
        DriftAnswer answer = new DriftFinder(graph)
                .drift(
                        library.index("from", from),
                        library.index("to", to),
                        new DriftOptions(Set.of(DriftOptions.Part.SYSTEM), false, PageRequest.first(1)));
        assertThat(answer.packages()).isEmpty();
        assertThat(answer.files()).isEmpty();
        assertThat(answer.ranking()).isEmpty();
        return answer.system().orElseThrow();
    }

    private static List<String> told(SystemDrift drift) {
        return drift.changes().stream()
                .map(change -> change.kind() + " " + change.area() + " " + change.name()
                        + change.properties().stream()
                                .map(property -> " " + property.name() + ": "
                                        + property.from().orElse("-") + " → "
                                        + property.to().orElse("-"))
                                .collect(Collectors.joining(",")))
                .toList();
    }

    @Test
    void whatAMachineIsIsHeldAgainstWhatItWas() {
        Guest before = new Guest()
                .os("debian", "12", "Debian GNU/Linux 12")
                .enable("nginx")
                .enable("ssh")
                .account("www-data", 33, "/usr/sbin/nologin")
                .account("app", 1000, "/bin/bash")
                .fact(
                        "HAS_GROUP",
                        "AccountGroup",
                        "sudo",
                        Map.of("name", "sudo", "groupId", 27L, "members", List.of("app")),
                        Map.of())
                .fact(
                        "LISTENS_ON",
                        "Listener",
                        "80",
                        Map.of("program", "nginx", "port", 80L, "file", "/etc/nginx/nginx.conf"),
                        Map.of())
                .fact("IDENTIFIED_BY", "HostIdentity", "", Map.of("hostName", "web", "machineIdState", "set"), Map.of())
                .fact(
                        "HAS_ROLE",
                        "Role",
                        "web-server",
                        Map.of("name", "web-server"),
                        Map.of("analyzer", "roles/1", "reasons", List.of("x")));
        Guest after = before.copy()
                .unsay("ENABLES", "nginx")
                .unsay("HAS_ROLE", "web-server")
                .fact("MASKS", "Service", "apt-daily", Map.of("name", "apt-daily", "kind", "timer"), Map.of())
                .account("app", 1000, "/usr/sbin/nologin")
                .account("eve", 0, "/bin/sh")
                .unsay("HAS_ACCOUNT", "www-data")
                .fact(
                        "HAS_GROUP",
                        "AccountGroup",
                        "sudo",
                        Map.of("name", "sudo", "groupId", 27L, "members", List.of("app", "eve")),
                        Map.of())
                .fact(
                        "IDENTIFIED_BY",
                        "HostIdentity",
                        "",
                        Map.of("hostName", "shop", "machineIdState", "set"),
                        Map.of());

        SystemDrift drift = drift(before, after);

        assertThat(told(drift))
                .containsExactly(
                        "CHANGED account app shell: /bin/bash → /usr/sbin/nologin",
                        "ADDED account eve group id: - → 0, home: - → /home/eve, password: - → locked, shell: - → /bin/sh, user id: - → 0",
                        "REMOVED account www-data group id: 33 → -, home: /home/www-data → -, password: locked → -, shell: /usr/sbin/nologin → -, user id: 33 → -",
                        "CHANGED group sudo members: app → app, eve",
                        "CHANGED identity identity host name: web → shop",
                        "ADDED masked service apt-daily.timer",
                        "REMOVED role web-server",
                        "REMOVED service nginx.service started by: multi-user.target → -");
        assertThat(drift.unchanged()).as("the system, ssh, the listener").isEqualTo(3);
    }

    @Test
    void twoSystemsOnOneImageAreNotTakenForEachOther() {
        Guest before = new Guest()
                .fact(
                        "IDENTIFIED_BY",
                        "HostIdentity",
                        "1",
                        Map.of("hostName", "one", "machineIdState", "set"),
                        Map.of())
                .fact(
                        "IDENTIFIED_BY",
                        "HostIdentity",
                        "2",
                        Map.of("hostName", "two", "machineIdState", "set"),
                        Map.of());
        Guest after = before.copy()
                .fact(
                        "IDENTIFIED_BY",
                        "HostIdentity",
                        "2",
                        Map.of("hostName", "zwei", "machineIdState", "set"),
                        Map.of());

        SystemDrift drift = drift(before, after);

        assertThat(told(drift)).containsExactly("CHANGED identity identity host name: two → zwei");
        assertThat(drift.unchanged()).isEqualTo(1);
        assertThat(drift(before, before).changes()).isEmpty();
    }
}

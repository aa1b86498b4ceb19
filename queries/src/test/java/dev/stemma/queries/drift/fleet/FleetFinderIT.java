package dev.stemma.queries.drift.fleet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stemma.graph.GraphExtension;
import dev.stemma.graph.store.Graph;
import dev.stemma.queries.Guest;
import dev.stemma.queries.Library;
import dev.stemma.queries.drift.DriftFinder;
import dev.stemma.queries.inventory.InventoryView;
import dev.stemma.queries.inventory.Reference;
import dev.stemma.queries.inventory.References;
import dev.stemma.queries.page.PageRequest;
import dev.stemma.queries.problem.QueryProblem;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(GraphExtension.class)
@GraphExtension.EmptiedBeforeEachTest
final class FleetFinderIT {

    private final Graph graph;
    private final DriftFinder drift;
    private final FleetFinder fleets;

    FleetFinderIT(Graph graph) {
        this.graph = graph;
        this.drift = new DriftFinder(graph);
        this.fleets = new FleetFinder(graph, drift);
    }

    private static Guest master() {
        return new Guest()
                .dir("/var/log")
                .enable("nginx")
                .file("/etc/fstab", "x")
                .file("/usr/sbin/nginx", "nginx")
                .install("nginx", "1.22", "/usr/sbin/nginx")
                .install("curl", "7.88");
    }

    /** A master, six copies of which every second upgraded curl and one lost a service, and one that was never indexed. */
    private Reference fleet() {
        Library library = new Library(graph);
        library.index("master", master());
        for (int i = 0; i < 6; i++) {
            Guest copy = master().file("/var/log/syslog", "line " + i);
            if (i % 2 == 0) {
                copy.uninstall("curl").install("curl", "8.5");
            }
            if (i == 3) {
                copy.unsay("ENABLES", "nginx").file("/srv/a", "a");
            }
            library.index("copy-" + i, copy);
            library.record("copy-" + i, "master", "copy", "ann");
        }
        library.register("dark");
        library.record("dark", "copy-1", "copy", "ann");
        return new References(graph).require("master");
    }

    @Test
    void eachMemberIsHeldAgainstTheMaster() {
        Reference master = fleet();
        FleetDrift fleet = fleets.fleet(master, PageRequest.first(100));

        assertThat(fleet.members().total()).isEqualTo(6);
        assertThat(fleet.members().items())
                .extracting(member -> member.name() + " " + member.summary().packages() + " "
                        + member.summary().files().orElseThrow() + " "
                        + member.summary().noise() + " " + member.summary().system())
                .containsExactly(
                        "copy-0 {upgraded=1} FileCounts[added=0, removed=0, changed=0] 1 0",
                        "copy-1 {} FileCounts[added=0, removed=0, changed=0] 1 0",
                        "copy-2 {upgraded=1} FileCounts[added=0, removed=0, changed=0] 1 0",
                        "copy-3 {} FileCounts[added=2, removed=0, changed=0] 1 1",
                        "copy-4 {upgraded=1} FileCounts[added=0, removed=0, changed=0] 1 0",
                        "copy-5 {} FileCounts[added=0, removed=0, changed=0] 1 0");
        assertThat(fleet.members()
                        .items()
                        .get(3)
                        .summary()
                        .suspects()
                        .getFirst()
                        .name())
                .isEqualTo("service nginx.service");
        assertThat(fleet.common())
                .containsExactly(new FleetDrift.CommonChange("package", "upgraded", "curl:amd64", "8.5", 3));
        assertThat(fleet.unknown()).containsExactly("dark was never indexed");
        assertThat(fleet.notes()).isEmpty();
    }

    @Test
    void membersComePageByPage() {
        Reference master = fleet();
        List<String> names = new ArrayList<>();
        Optional<String> cursor = Optional.empty();
        do {
            FleetDrift page = fleets.fleet(master, PageRequest.of(4, cursor));
            assertThat(page.members().total()).isEqualTo(6);
            page.members().items().forEach(member -> names.add(member.name()));
            cursor = page.members().next();
        } while (cursor.isPresent());
        assertThat(names).containsExactly("copy-0", "copy-1", "copy-2", "copy-3", "copy-4", "copy-5");
        assertThatThrownBy(() -> fleets.fleet(master, PageRequest.first(101)))
                .isInstanceOf(QueryProblem.class)
                .hasMessageContaining("1 to 100 images");
    }

    @Test
    void anImageIsToldLookByLook() {
        Library library = new Library(graph);
        Guest guest = master();
        library.index("shop", guest);
        library.index("shop", guest.copy().file("/var/log/syslog", "x"));
        library.index("shop", guest.copy().file("/etc/fstab", "y"));
        String id = Library.imageId("shop");
        InventoryView view = new InventoryView(graph);

        DriftOverTime all = DriftOverTime.of(view, drift, id, 10);
        DriftOverTime last = DriftOverTime.of(view, drift, id, 1);

        assertThat(all.steps())
                .extracting(step -> step.summary().files().orElseThrow() + " "
                        + step.summary().noise() + " "
                        + step.from().orElseThrow().isBefore(step.to().orElseThrow()))
                .containsExactly(
                        "FileCounts[added=0, removed=0, changed=1] 1 true",
                        "FileCounts[added=0, removed=0, changed=0] 1 true");
        assertThat(all.earlier()).isZero();
        assertThat(last.steps()).containsExactly(all.steps().getFirst());
        assertThat(last.earlier()).isEqualTo(1);
        assertThatThrownBy(() -> DriftOverTime.of(view, drift, id, 51)).isInstanceOf(QueryProblem.class);
    }
}

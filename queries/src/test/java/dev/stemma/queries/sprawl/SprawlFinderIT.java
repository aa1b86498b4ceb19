package dev.stemma.queries.sprawl;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.stemma.graph.GraphExtension;
import dev.stemma.graph.model.Basis;
import dev.stemma.graph.model.Level;
import dev.stemma.graph.store.Graph;
import dev.stemma.graph.store.Statement;
import dev.stemma.queries.Guest;
import dev.stemma.queries.Library;
import dev.stemma.queries.inventory.References;
import dev.stemma.queries.problem.QueryProblem;
import dev.stemma.queries.similarity.FileContents;
import dev.stemma.queries.similarity.MinHash;
import dev.stemma.queries.similarity.Overlap;
import dev.stemma.queries.similarity.SimilarityAnswer;
import dev.stemma.queries.similarity.SimilarityFinder;
import dev.stemma.queries.similarity.Sketcher;
import dev.stemma.queries.similarity.Trait;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(GraphExtension.class)
@GraphExtension.EmptiedBeforeEachTest
final class SprawlFinderIT {

    private final Graph graph;

    SprawlFinderIT(Graph graph) {
        this.graph = graph;
    }

    private static Guest family(String name) {
        Guest guest = new Guest();
        for (int i = 0; i < 60; i++) {
            guest.install(name + i, "1");
        }
        return guest;
    }

    @Test
    void familiesBecomeClusters() {
        Library library = new Library(graph);
        for (String family : List.of("web", "db")) {
            Guest base = family(family);
            library.index(family, base, Level.BASIC);
            library.index(family + "-twin", base, Level.BASIC);
            for (int i = 0; i < 3; i++) {
                library.index(
                        family + i, base.copy().uninstall(family + i).install("extra" + family + i, "1"), Level.BASIC);
            }
        }
        library.index("loner", family("loner"), Level.BASIC);
        library.register("unknown");
        new Sketcher(graph, FileContents.NONE).sketchMissing();
        SprawlFinder finder = new SprawlFinder(graph, new SimilarityFinder(graph, FileContents.NONE));

        Clusters clusters = finder.clusters(Trait.PACKAGES, 0.8, 10);

        assertThat(clusters.images()).isEqualTo(11);
        assertThat(clusters.clustered()).isEqualTo(10);
        assertThat(clusters.unsketched()).isEqualTo(1);
        assertThat(clusters.total()).isEqualTo(2);
        List<Set<String>> groups = new ArrayList<>();
        for (Clusters.Cluster cluster : clusters.clusters()) {
            assertThat(cluster.imageCount()).isEqualTo(5);
            assertThat(cluster.inventoryCount()).isEqualTo(4);
            assertThat(cluster.withdrawable()).isEqualTo(4);
            assertThat(cluster.savedBytes()).isEqualTo(4L << 20);
            // Twins 1, family to others 60 / 61 or 59 / 61: ten pairs.
            double truth = (1 + 2 * 3 * 59 / 61.0 + 3 * 58 / 62.0) / 10;
            assertThat(cluster.cohesion()).isEqualTo(truth, within(3 * MinHash.ERROR));
            ClusterPlan plan = plan(finder, cluster.representative().name()).orElseThrow();
            Set<String> names = new TreeSet<>();
            plan.members().forEach(member -> names.add(member.image().name()));
            groups.add(names);
            assertThat(plan.cluster()).isEqualTo(cluster);
            assertThat(plan.members().getFirst().image()).isEqualTo(cluster.representative());
            assertThat(plan.members().getFirst().advice()).isEqualTo(ClusterPlan.Advice.REPRESENTATIVE);
        }
        assertThat(groups)
                .containsExactlyInAnyOrder(
                        Set.of("web", "web-twin", "web0", "web1", "web2"),
                        Set.of("db", "db-twin", "db0", "db1", "db2"));
        assertThat(finder.clusters(Trait.PACKAGES, 0.8, 1).clusters()).hasSize(1);
        assertThat(plan(finder, "loner")).isEmpty();
        assertThatThrownBy(() -> finder.clusters(Trait.PACKAGES, 0, 10)).isInstanceOf(QueryProblem.class);
        assertThatThrownBy(() -> finder.clusters(Trait.PACKAGES, 0.8, 0)).isInstanceOf(QueryProblem.class);
        assertThatThrownBy(() -> plan(finder, "unknown"))
                .isInstanceOfSatisfying(QueryProblem.class, problem -> assertThat(problem.code())
                        .isEqualTo(QueryProblem.Code.NOT_INDEXED));

        SimilarityAnswer ranking = finder.ranking(Library.imageId("web"), Trait.PACKAGES, 100);
        assertThat(ranking.similar().getFirst().images().getFirst().name()).isEqualTo("web-twin");
        assertThat(ranking.similar().stream()
                        .mapToLong(similar -> similar.imageCount())
                        .sum())
                .isEqualTo(10);
        assertThat(ranking.similar().getFirst().exact()).contains(1.0);
    }

    private Optional<ClusterPlan> plan(SprawlFinder finder, String image) {
        return finder.plan(new References(graph).require(image), Trait.PACKAGES, 0.8);
    }

    @Test
    void aPlanSaysWhatChangesAndWhatHoldsOn() {
        Library library = new Library(graph);
        Guest base = family("web");
        library.index("web", base, Level.BASIC);
        library.index("web-twin", base, Level.BASIC);
        library.index("lone", base.copy().uninstall("web1").install("more", "2"), Level.BASIC);
        library.index("run", base.copy().install("run", "1"), Level.BASIC);
        library.index("below", base.copy().install("below", "1"), Level.BASIC);
        library.index("overlay", family("overlay"), Level.BASIC);
        library.derive("overlay", "below", "backing-file", Basis.OBSERVED, Optional.empty());
        graph.write(new Statement("""
                MATCH (run:Image {name: 'run'}), (twin:Image {name: 'web-twin'})
                CREATE (:Machine {id: 'm-1', name: 'front-1'})-[:DEPLOYED_FROM]->(run)
                CREATE (:Machine {id: 'm-2', name: 'front-2'})-[:DEPLOYED_FROM]->(run)
                CREATE (:Machine {id: 'm-3', name: 'gone'})-[:DEPLOYED_FROM {until: datetime()}]->(run)
                CREATE (:Channel {id: 'ch-1', name: 'stable'})-[:POINTS_TO]->(twin)
                """, Map.of()));
        new Sketcher(graph, FileContents.NONE).sketchMissing();
        SprawlFinder finder = new SprawlFinder(graph, new SimilarityFinder(graph, FileContents.NONE));

        ClusterPlan plan = plan(finder, "lone").orElseThrow();

        Map<String, ClusterPlan.Member> members = new HashMap<>();
        plan.members().forEach(member -> members.put(member.image().name(), member));
        assertThat(members.keySet()).containsExactlyInAnyOrder("web", "web-twin", "lone", "run", "below");
        assertThat(plan.cluster().representative().name())
                .as("of twins the one that something holds on to")
                .isEqualTo("web-twin");
        ClusterPlan.Member lone = requireNonNull(members.get("lone"));
        assertThat(lone.advice()).isEqualTo(ClusterPlan.Advice.WITHDRAW);
        assertThat(lone.because()).isEmpty();
        assertThat(lone.change().orElseThrow().onlyAsked()).containsExactly("pkg:deb/debian/web1@1?arch=amd64");
        assertThat(lone.change().orElseThrow().onlyThis()).containsExactly("pkg:deb/debian/more@2?arch=amd64");
        assertThat(lone.change().orElseThrow().packages()).isEqualTo(new Overlap(59, 1, 1, 0, 0, 0));
        ClusterPlan.Member run = requireNonNull(members.get("run"));
        assertThat(run.advice()).isEqualTo(ClusterPlan.Advice.MOVE);
        assertThat(run.machines()).containsExactly("front-1", "front-2");
        assertThat(run.because()).containsExactly("2 machines run it");
        assertThat(requireNonNull(members.get("below")).because()).containsExactly("1 overlay stands on it");
        assertThat(requireNonNull(members.get("web")).advice()).isEqualTo(ClusterPlan.Advice.WITHDRAW);
        assertThat(plan.cluster().machines()).isEqualTo(2);
        assertThat(plan.cluster().withdrawable()).isEqualTo(2);
        assertThat(plan.cluster().savedBytes()).isEqualTo(2L << 20);
    }
}

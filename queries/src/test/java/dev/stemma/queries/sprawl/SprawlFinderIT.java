package dev.stemma.queries.sprawl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stemma.graph.GraphExtension;
import dev.stemma.graph.model.Level;
import dev.stemma.graph.store.Graph;
import dev.stemma.queries.Guest;
import dev.stemma.queries.Library;
import dev.stemma.queries.problem.QueryProblem;
import dev.stemma.queries.similarity.FileContents;
import dev.stemma.queries.similarity.SimilarityAnswer;
import dev.stemma.queries.similarity.SimilarityFinder;
import dev.stemma.queries.similarity.Sketcher;
import dev.stemma.queries.similarity.Trait;
import java.util.ArrayList;
import java.util.List;
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

        Clusters clusters = finder.clusters(Trait.PACKAGES, 0.7);

        assertThat(clusters.images()).isEqualTo(11);
        assertThat(clusters.unsketched()).isEqualTo(1);
        List<Set<String>> groups = new ArrayList<>();
        for (Clusters.Cluster cluster : clusters.clusters()) {
            Set<String> names = new TreeSet<>();
            cluster.members().forEach(member -> names.add(member.image().name()));
            groups.add(names);
            assertThat(cluster.members().getFirst().toRepresentative()).isEqualTo(1);
            assertThat(cluster.representative())
                    .isEqualTo(cluster.members().getFirst().image());
        }
        assertThat(groups)
                .containsExactlyInAnyOrder(
                        Set.of("web", "web-twin", "web0", "web1", "web2"),
                        Set.of("db", "db-twin", "db0", "db1", "db2"));
        assertThatThrownBy(() -> finder.clusters(Trait.PACKAGES, 0)).isInstanceOf(QueryProblem.class);

        SimilarityAnswer ranking = finder.ranking(Library.imageId("web"), Trait.PACKAGES, 100);
        assertThat(ranking.similar().getFirst().images().getFirst().name()).isEqualTo("web-twin");
        assertThat(ranking.similar().stream()
                        .mapToLong(similar -> similar.imageCount())
                        .sum())
                .isEqualTo(10);
        assertThat(ranking.similar().getFirst().exact()).contains(1.0);
    }
}

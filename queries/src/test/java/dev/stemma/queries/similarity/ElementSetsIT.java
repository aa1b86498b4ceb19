package dev.stemma.queries.similarity;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.stemma.graph.GraphExtension;
import dev.stemma.graph.id.Digest;
import dev.stemma.graph.store.Graph;
import dev.stemma.queries.Guest;
import dev.stemma.queries.Library;
import dev.stemma.queries.RandomGuests;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.ObjLongConsumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The list and the graph give the same set. */
@ExtendWith(GraphExtension.class)
@GraphExtension.EmptiedBeforeEachTest
class ElementSetsIT {

    private static final Digest STRANGE = Digest.sha256(new byte[] {1, 2, 3});

    private final Graph graph;

    ElementSetsIT(Graph graph) {
        this.graph = graph;
    }

    @Test
    void aListInAnyOrderAndWithRepeatsIsTheSetOfTheGraph() {
        Guest guest = new RandomGuests(new Random(5)).guest(300, 5);
        String inventory = new Library(graph).index("one", guest);
        Map<Digest, Long> sizes = guest.contentSizes();
        List<Digest> listed = new ArrayList<>(sizes.keySet());
        listed.addAll(listed.subList(0, 20));
        Collections.shuffle(listed, new Random(6));
        List<Digest> asked = new ArrayList<>();

        ElementSet ofList = new ElementSets(graph, (manifest, contents) -> {
                    asked.add(manifest);
                    listed.forEach(digest -> contents.accept(digest, requireNonNull(sizes.get(digest))));
                    return true;
                })
                .of(inventory, Trait.FILES);

        assertThat(asked).hasSize(1);
        ElementSet ofGraph = ofGraph(inventory);
        assertThat(ofList.elements()).isEqualTo(ofGraph.elements());
        assertThat(ofList.count()).isEqualTo(sizes.size());
        long bytes = sizes.values().stream().mapToLong(Long::longValue).sum();
        assertThat(ofList.overlap(ofGraph)).isEqualTo(new Overlap(sizes.size(), 0, 0, bytes, 0, 0));
    }

    @Test
    void aListThatBreaksOffIsForgotten() {
        String inventory =
                new Library(graph).index("one", new Guest().file("/a", "a").file("/b", "b"));

        ElementSet set = new ElementSets(graph, (_, contents) -> breakOff(contents)).of(inventory, Trait.FILES);

        assertThat(set.elements())
                .isEqualTo(ofGraph(inventory).elements())
                .hasSize(2)
                .doesNotContain(STRANGE.a());
    }

    private static boolean breakOff(ObjLongConsumer<Digest> contents) {
        contents.accept(STRANGE, 5);
        return false;
    }

    private ElementSet ofGraph(String inventory) {
        return new ElementSets(graph, FileContents.NONE).of(inventory, Trait.FILES);
    }
}

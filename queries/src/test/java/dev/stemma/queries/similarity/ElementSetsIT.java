package dev.stemma.queries.similarity;

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
import java.util.Random;
import java.util.function.Consumer;
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
        List<Digest> listed = new ArrayList<>(guest.contents());
        listed.addAll(listed.subList(0, 20));
        Collections.shuffle(listed, new Random(6));
        List<Digest> asked = new ArrayList<>();

        long[] ofList = new ElementSets(graph, (manifest, contents) -> {
                    asked.add(manifest);
                    listed.forEach(contents);
                    return true;
                })
                .of(inventory, Trait.FILES);

        assertThat(asked).hasSize(1);
        assertThat(ofList)
                .isEqualTo(ofGraph(inventory))
                .hasSameSizeAs(guest.contents().toArray());
    }

    @Test
    void aListThatBreaksOffIsForgotten() {
        String inventory =
                new Library(graph).index("one", new Guest().file("/a", "a").file("/b", "b"));

        long[] elements = new ElementSets(graph, (_, contents) -> breakOff(contents)).of(inventory, Trait.FILES);

        assertThat(elements).isEqualTo(ofGraph(inventory)).doesNotContain(STRANGE.a());
    }

    private static boolean breakOff(Consumer<Digest> contents) {
        contents.accept(STRANGE);
        return false;
    }

    private long[] ofGraph(String inventory) {
        return new ElementSets(graph, FileContents.NONE).of(inventory, Trait.FILES);
    }
}

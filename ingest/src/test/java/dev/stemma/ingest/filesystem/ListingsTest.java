package dev.stemma.ingest.filesystem;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stemma.graph.model.Attributes;
import dev.stemma.graph.model.GuestName;
import dev.stemma.graph.model.Payload;
import dev.stemma.graph.model.Times;
import dev.stemma.ingest.problem.Corrupt;
import dev.stemma.ingest.problem.ImageProblem;
import dev.stemma.ingest.problem.Origin;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class ListingsTest {

    private final Listings listings = new Listings();
    private final List<Long> listed = new ArrayList<>();

    private List<Node> list(long directory, List<Node> nodes) throws ImageProblem {
        return listings.of(directory, () -> {
            listed.add(directory);
            return nodes;
        });
    }

    @Test
    void aDirectoryIsListedOnce() throws ImageProblem {
        List<Node> nodes = List.of(link("a", 1));

        assertThat(list(7, nodes)).isEqualTo(nodes);
        assertThat(list(7, List.of())).isEqualTo(nodes);
        assertThat(listed).containsExactly(7L);
    }

    @Test
    void whatCannotBeListedIsTriedAgain() throws ImageProblem {
        assertThatThrownBy(() -> listings.of(7, () -> {
                    throw new Corrupt("bad-value", Origin.of("disk"), "is none");
                }))
                .isInstanceOf(Corrupt.class);

        assertThat(list(7, List.of(link("a", 1)))).hasSize(1);
    }

    @Test
    void whatWasNotAskedForLongestIsForgottenWhenThereIsTooMuch() throws ImageProblem {
        List<Node> many = Collections.nCopies(140_000, link("a", 1));
        list(1, many);
        list(2, many);
        list(1, many);
        list(3, many);

        list(1, many);
        list(2, many);

        assertThat(listed).containsExactly(1L, 2L, 3L, 2L);
    }

    @Test
    void longTargetsCountAsTheEntriesWhoseMemoryTheyTake() throws ImageProblem {
        List<Node> few = Collections.nCopies(20_000, link("a", 4_000));
        list(1, few);
        list(2, few);

        list(1, few);

        assertThat(listed).containsExactly(1L, 2L, 1L);
    }

    private static Node link(String name, int targetBytes) {
        Times times = new Times(Instant.EPOCH, Optional.empty(), Optional.empty(), Optional.empty());
        return new Node(
                GuestName.ofText(name),
                5,
                new Attributes(0777, 0, 0, times, 5, 1, Collections.emptySortedMap()),
                new Payload.Link(GuestName.ofText("t".repeat(targetBytes))));
    }
}

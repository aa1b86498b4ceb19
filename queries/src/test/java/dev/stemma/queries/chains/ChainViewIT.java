package dev.stemma.queries.chains;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stemma.graph.GraphExtension;
import dev.stemma.graph.store.Graph;
import dev.stemma.queries.Chronicle;
import dev.stemma.queries.Deed;
import dev.stemma.queries.Ledger;
import dev.stemma.queries.RandomGuests;
import dev.stemma.queries.lineage.DeployedMachine;
import dev.stemma.queries.lineage.Warning;
import dev.stemma.queries.moment.AsOf;
import dev.stemma.queries.page.Page;
import dev.stemma.queries.page.PageRequest;
import dev.stemma.queries.problem.QueryProblem;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(GraphExtension.class)
@GraphExtension.EmptiedBeforeEachTest
final class ChainViewIT {

    private static final Optional<AsOf> NOW = Optional.empty();

    private final Graph graph;
    private final ChainView view;

    ChainViewIT(Graph graph) {
        this.graph = graph;
        this.view = new ChainView(graph);
    }

    private static <T> List<T> all(int limit, Function<PageRequest, Page<T>> question) {
        List<T> items = new ArrayList<>();
        Optional<String> cursor = Optional.empty();
        do {
            Page<T> page = question.apply(PageRequest.of(limit, cursor));
            assertThat(page.items().size()).isLessThanOrEqualTo(limit);
            items.addAll(page.items());
            cursor = page.next();
            if (cursor.isEmpty()) {
                assertThat(page.total()).isEqualTo(items.size());
            }
        } while (cursor.isPresent());
        return items;
    }

    @Test
    void chainsVersionsAndBranchesAreThoseOfTheHistoryAtAnyTime() {
        Chronicle chronicle = new Chronicle(graph, RandomGuests.seeded()).happen(300);
        Counts now = compare(chronicle.replayed(Instant.MAX), NOW);
        assertThat(now.branches()).isGreaterThan(20);
        assertThat(now.deployments()).isPositive();
        assertThat(now.former())
                .isEqualTo((int) chronicle.deeds().stream()
                        .filter(deed -> deed instanceof Deed.Move)
                        .count())
                .isPositive();
        int before = 0;
        for (int i = 30; i < 300; i += 45) {
            Deed deed = chronicle.deeds().get(i);
            Instant moment = i % 2 == 0 ? deed.time() : deed.time().minusMillis(1);
            before += compare(chronicle.replayed(moment), Optional.of(new AsOf(moment)))
                    .branches();
        }
        assertThat(before).isGreaterThan(20);
    }

    /** What was compared: branches that are images, and machines, and places that versions had before. */
    private record Counts(int branches, int deployments, int former) {}

    private Counts compare(Ledger ledger, Optional<AsOf> at) {
        List<ChainFacts> chains = all(4, page -> view.chains(page, at));
        assertThat(chains.stream().map(ChainFacts::name)).containsExactlyElementsOf(ledger.chains());

        int branches = 0;
        int former = 0;
        int deployments = 0;
        for (ChainFacts chain : chains) {
            assertThat(view.chain(chain.name(), at)).isEqualTo(chain);
            List<String> expected = ledger.versions(chain.name());
            List<VersionFacts> versions = all(2, page -> view.versions(chain.name(), page, at));
            assertThat(versions.stream().map(VersionFacts::imageId)).containsExactlyElementsOf(expected);
            assertThat(chain.versions()).isEqualTo(expected.size());
            assertThat(chain.head().map(ChainFacts.Head::imageId))
                    .isEqualTo(expected.stream().findFirst());
            for (ChainFacts.Channel channel : chain.channels()) {
                assertThat(ledger.channels()).containsEntry(chain.name() + ":" + channel.name(), channel.imageId());
            }
            for (VersionFacts version : versions) {
                String id = version.imageId();
                assertThat(chain.name() + ":" + version.number()).isEqualTo(ledger.title(id));
                assertThat(version.state()).isEqualTo(ledger.state(id));
                assertThat(version.inventoryId()).isEqualTo(ledger.inventory(id));
                assertThat(version.channels()).containsExactlyElementsOf(ledger.channels(id));
                assertThat(new TreeSet<>(version.warnings().stream()
                                .map(Warning::sentence)
                                .toList()))
                        .isEqualTo(ledger.warnings(id));
                assertThat(version.branches()).isEqualTo(ledger.branches(id).size());
                List<BranchFacts> found = all(2, page -> view.branches(id, page, at));
                assertThat(found.stream().map(BranchFacts::imageId))
                        .containsExactlyElementsOf(ledger.branches(id).values());
                for (BranchFacts branch : found) {
                    if (branch.kind().equals("machine")) {
                        boolean runs = (chain.name() + ":" + branch.number()).equals(running(ledger, branch.imageId()));
                        assertThat(branch.until().isEmpty()).isEqualTo(runs);
                        deployments++;
                        continue;
                    }
                    assertThat(chain.name() + ":" + branch.number()).isEqualTo(ledger.title(branch.imageId()));
                    assertThat(branch.machines().stream().map(DeployedMachine::id))
                            .containsExactlyElementsOf(ledger.machines(branch.imageId()));
                    assertThat(branch.location()).isEqualTo("/lab/" + branch.imageId() + ".raw");
                    branches++;
                }
                former += version.former().size();
            }
        }
        return new Counts(branches, deployments, former);
    }

    private static String running(Ledger ledger, String machine) {
        String running = ledger.running().getOrDefault(machine, "nothing");
        return running.substring(running.indexOf(' ') + 1);
    }

    @Test
    void whatIsNotThereIsSaid() {
        Chronicle chronicle = new Chronicle(graph, RandomGuests.seeded()).happen(1);
        String file = ((Deed.Register) chronicle.deeds().getFirst()).image();
        assertThat(view.chains(PageRequest.first(10), NOW).items()).isEmpty();
        assertThatThrownBy(() -> view.chain("nothing", NOW))
                .isInstanceOf(QueryProblem.class)
                .hasMessageContaining("stemma chains");
        assertThatThrownBy(() -> view.versions("nothing", PageRequest.first(10), NOW))
                .isInstanceOf(QueryProblem.class);
        assertThatThrownBy(() -> view.branches(file, PageRequest.first(10), NOW))
                .isInstanceOf(QueryProblem.class)
                .hasMessageContaining("is no version");
    }
}

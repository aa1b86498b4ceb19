package dev.stemma.queries.lineage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stemma.graph.GraphExtension;
import dev.stemma.graph.store.Graph;
import dev.stemma.queries.Chronicle;
import dev.stemma.queries.Deed;
import dev.stemma.queries.Ledger;
import dev.stemma.queries.RandomGuests;
import dev.stemma.queries.deployment.MachineFacts;
import dev.stemma.queries.deployment.MachineList;
import dev.stemma.queries.inventory.ImageView;
import dev.stemma.queries.inventory.InventoryView;
import dev.stemma.queries.inventory.References;
import dev.stemma.queries.moment.AsOf;
import dev.stemma.queries.page.Page;
import dev.stemma.queries.page.PageRequest;
import dev.stemma.queries.problem.QueryProblem;
import dev.stemma.queries.search.Condition;
import dev.stemma.queries.search.FileSearch;
import dev.stemma.queries.search.ImageHit;
import dev.stemma.queries.search.ImageQuery;
import dev.stemma.queries.search.ImageSearch;
import dev.stemma.queries.search.KeywordField;
import dev.stemma.queries.search.SearchIndex;
import dev.stemma.queries.search.TextSource;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** A random history, asked of the graph as of many dates, and replayed to the same dates without it. */
@ExtendWith(GraphExtension.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class PastIT {

    private static final int DEEDS = 400;
    private static final int DATES = 12;

    private final Graph graph;
    private final Random random = RandomGuests.seeded();
    private final Chronicle chronicle;

    PastIT(Graph graph) {
        this.graph = graph;
        this.chronicle = new Chronicle(graph, random);
    }

    @BeforeAll
    void happen() {
        chronicle.happen(DEEDS);
        assertThat(chronicle.deeds().stream().map(Object::getClass).distinct()).hasSize(9);
    }

    /** The very moments of deeds, moments between, and now. */
    private List<Optional<AsOf>> dates() {
        List<Optional<AsOf>> dates = new ArrayList<>(List.of(Optional.empty()));
        for (int i = 0; i < DATES; i++) {
            Deed deed = chronicle.deeds().get(20 + random.nextInt(DEEDS - 20));
            Instant moment = i % 3 == 0 ? deed.time().minusMillis(1) : i % 3 == 1 ? deed.time() : deed.effective();
            dates.add(Optional.of(new AsOf(moment)));
        }
        return dates;
    }

    private Ledger replayed(Optional<AsOf> at) {
        return chronicle.replayed(at.map(AsOf::instant).orElse(Instant.MAX));
    }

    private List<String> some(Ledger ledger) {
        List<String> ids = new ArrayList<>(ledger.ids());
        java.util.Collections.shuffle(ids, random);
        return ids.subList(0, Math.min(15, ids.size()));
    }

    @Test
    void familiesAreWhatTheyWereThen() {
        FamilyTree tree = new FamilyTree(graph);
        int warned = 0;
        for (Optional<AsOf> at : dates()) {
            Ledger ledger = replayed(at);
            for (String id : some(ledger)) {
                FamilyView view = tree.tree(id, FamilyLimits.DEFAULT, at);
                assertThat(view.complete()).isTrue();
                Map<String, String> expected = new TreeMap<>();
                ledger.family(id).forEach(each -> expected.put(each, told(ledger, each, at)));
                Map<String, String> found = new TreeMap<>();
                view.relatives().forEach(relative -> found.put(relative.imageId(), told(relative)));
                assertThat(found).as("%s as of %s", id, at).isEqualTo(expected);
                warned += (int) view.relatives().stream()
                        .filter(relative -> !relative.warnings().isEmpty())
                        .count();
            }
        }
        assertThat(warned).isGreaterThan(100);
    }

    private static String told(Ledger ledger, String id, Optional<AsOf> at) {
        String state = ledger.isVersion(id) || at.isEmpty() ? ledger.state(id) : "?";
        return String.join(
                "\n",
                ledger.title(id),
                state,
                ledger.inventory(id).orElse("-"),
                ledger.channels(id).toString(),
                ledger.machines(id).toString(),
                ledger.warnings(id).toString());
    }

    private static String told(Relative relative) {
        return String.join(
                "\n",
                relative.title(),
                relative.state().orElse("?"),
                relative.inventoryId().orElse("-"),
                relative.place().map(Place::channels).orElse(List.of()).toString(),
                relative.machines().stream().map(DeployedMachine::id).toList().toString(),
                new TreeSet<>(relative.warnings().stream()
                                .map(Warning::sentence)
                                .toList())
                        .toString());
    }

    @Test
    void machinesRanWhatTheyDidThen() {
        MachineList list = new MachineList(graph);
        int known = 0;
        for (Optional<AsOf> at : dates()) {
            Map<String, String> found = new TreeMap<>();
            Optional<String> cursor = Optional.empty();
            do {
                Page<MachineFacts> page = list.machines(PageRequest.of(5, cursor), at);
                for (MachineFacts machine : page.items()) {
                    String running = machine.running()
                            .map(run -> run.imageId() + " " + run.branch().orElse("-"))
                            .orElse("nothing");
                    assertThat(machine.state()).isEqualTo(running.equals("nothing") ? "RETIRED" : "ACTIVE");
                    assertThat(list.machine(machine.id(), at)).isEqualTo(machine);
                    found.put(machine.id(), running);
                }
                cursor = page.next();
                assertThat(page.total()).isEqualTo(replayed(at).running().size());
            } while (cursor.isPresent());
            assertThat(found).as("as of %s", at).isEqualTo(replayed(at).running());
            known += found.size();
        }
        assertThat(known).isGreaterThan(50);
    }

    @Test
    void historiesEndWhereTheyDidThen() {
        History history = new History(graph);
        for (Optional<AsOf> at : dates()) {
            Ledger ledger = chronicle.replayedByTime(at.map(AsOf::instant).orElse(Instant.MAX));
            for (String id : some(ledger)) {
                List<String> expected = ledger.history(id);
                List<String> found = new ArrayList<>();
                Optional<String> cursor = Optional.empty();
                do {
                    HistoryView page = history.of(id, at, PageRequest.of(7, cursor));
                    page.items().forEach(activity -> found.add(activity.id()));
                    assertThat(page.total()).isEqualTo(expected.size());
                    assertThat(page.complete()).isTrue();
                    cursor = page.next();
                } while (cursor.isPresent());
                assertThat(found).as("%s as of %s", id, at).isEqualTo(expected);
            }
        }
    }

    @Test
    void listsAndImagesAreWhatTheyWereThen(@TempDir Path folder) {
        try (SearchIndex index = SearchIndex.open(graph, TextSource.NONE, folder)) {
            ImageSearch search = new ImageSearch(graph, new FileSearch(graph, index), index);
            InventoryView view = new InventoryView(graph);
            for (Optional<AsOf> at : dates()) {
                Ledger ledger = replayed(at);
                Map<String, String> expected = new TreeMap<>();
                ledger.ids()
                        .forEach(id -> expected.put(
                                id,
                                name(ledger, id) + " " + ledger.inventory(id).orElse("-")));
                Map<String, String> found = new TreeMap<>();
                for (ImageHit hit : search.search(
                                ImageQuery.where().images().build().asOf(at), PageRequest.first(1_000))
                        .hits()
                        .items()) {
                    found.put(
                            hit.imageId(), hit.name() + " " + hit.inventoryId().orElse("-"));
                }
                assertThat(found).as("as of %s", at).isEqualTo(expected);
                ImageQuery machines = ImageQuery.where()
                        .is(new Condition.Keyword(KeywordField.KIND, "machine"))
                        .build()
                        .asOf(at);
                assertThat(search.search(machines, PageRequest.first(1_000))
                                .hits()
                                .items())
                        .extracting(ImageHit::imageId)
                        .containsExactlyElementsOf(ledger.running().keySet());
                for (String id : some(ledger)) {
                    ImageView image = view.show(id, at);
                    assertThat(image.image().name()).isEqualTo(name(ledger, id));
                    assertThat(image.inventory().map(facts -> facts.id())).isEqualTo(ledger.inventory(id));
                    assertThat(image.place().map(Place::reference).orElse(id)).isEqualTo(ledger.title(id));
                    assertThat(image.deployedTo().stream().map(DeployedMachine::id))
                            .containsExactlyElementsOf(ledger.machines(id));
                    assertThat(image.image().state())
                            .isEqualTo(
                                    ledger.isVersion(id) || at.isEmpty()
                                            ? Optional.of(ledger.state(id))
                                            : Optional.empty());
                }
            }
        }
    }

    private static String name(Ledger ledger, String id) {
        return ledger.isVersion(id) ? ledger.title(id) : id;
    }

    @Test
    void channelsPointWhereTheyDidThenAndNumbersStay() {
        References references = new References(graph);
        for (Optional<AsOf> at : dates()) {
            Ledger ledger = replayed(at);
            ledger.channels().forEach((channel, image) -> assertThat(
                            references.require(channel, at).imageId())
                    .isEqualTo(image));
            // Numbers are never given again, so that what had one then has it still.
            ledger.ids().forEach(id -> assertThat(
                            references.require(ledger.title(id)).imageId())
                    .as(ledger.title(id))
                    .isEqualTo(id));
        }
    }

    @Test
    void whatCameLaterIsNotThereYet() {
        Deed last = chronicle.deeds().stream()
                .filter(deed -> deed instanceof Deed.Copy)
                .reduce((_, later) -> later)
                .orElseThrow();
        String image = ((Deed.Copy) last).image();
        AsOf before = new AsOf(last.time().minusNanos(1_000));
        assertThatThrownBy(() -> new FamilyTree(graph).tree(image, FamilyLimits.DEFAULT, Optional.of(before)))
                .isInstanceOf(QueryProblem.class)
                .hasMessageContaining("was known on");
        assertThatThrownBy(() -> new InventoryView(graph).show(image, Optional.of(before)))
                .isInstanceOf(QueryProblem.class);
        assertThat(new InventoryView(graph)
                        .show(image, Optional.of(new AsOf(last.time())))
                        .image()
                        .id())
                .isEqualTo(image);
    }
}

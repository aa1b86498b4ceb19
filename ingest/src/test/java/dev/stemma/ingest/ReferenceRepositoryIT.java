package dev.stemma.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stemma.graph.GraphExtension;
import dev.stemma.graph.model.Level;
import dev.stemma.graph.store.Graph;
import dev.stemma.graph.store.Row;
import dev.stemma.graph.store.Statement;
import dev.stemma.ingest.content.ContentStore;
import dev.stemma.ingest.emit.ImageFile;
import dev.stemma.ingest.filesystem.Tool;
import dev.stemma.ingest.image.ImageRules;
import dev.stemma.ingest.manifest.ManifestStore;
import dev.stemma.ingest.problem.Budget;
import dev.stemma.ingest.reference.Branches;
import dev.stemma.ingest.reference.ChainChoice;
import dev.stemma.ingest.reference.ChainName;
import dev.stemma.ingest.reference.CheckIn;
import dev.stemma.ingest.reference.CheckOut;
import dev.stemma.ingest.reference.NewVersion;
import dev.stemma.ingest.reference.ReferenceProblem;
import dev.stemma.ingest.reference.ReferenceProblem.Code;
import dev.stemma.ingest.reference.Version;
import dev.stemma.ingest.reference.VersionChains;
import dev.stemma.ingest.reference.VersionId;
import dev.stemma.ingest.reference.VersionState;
import dev.stemma.ingest.reference.VersionStates;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Images are indexed and kept in one reading, become versions of chains, and come out again. */
@ExtendWith(GraphExtension.class)
class ReferenceRepositoryIT {

    private static final ChainName DEBIAN = new ChainName("debian");

    private final Graph graph;
    private final VersionChains chains;
    private final VersionStates states;
    private final Branches branches;
    private final DebianDisks disks = DebianDisks.built();
    private final Path directory;
    private final IngestPipeline pipeline;
    private ContentStore store;
    private int requests;

    ReferenceRepositoryIT(Graph graph, @TempDir Path directory) throws IOException {
        this.graph = graph;
        this.directory = directory.toRealPath();
        this.chains = new VersionChains(graph);
        this.states = new VersionStates(graph);
        this.branches = new Branches(graph);
        this.pipeline = new IngestPipeline(graph, new ManifestStore(this.directory.resolve("manifests")));
        this.store = ContentStore.open(this.directory.resolve("store"));
    }

    @BeforeEach
    void nothingIsKnown() {
        graph.write(Statement.of("MATCH (n:Image|VersionChain|Channel|Repository|Activity) DETACH DELETE n"));
    }

    @AfterEach
    void close() throws IOException {
        store.close();
    }

    private NewVersion read(Path image) throws Exception {
        Instant began = Instant.now();
        IngestOutcome outcome = pipeline.run(
                IngestRequest.of(
                                image,
                                Level.FULL,
                                new ImageRules(List.of(disks.directory(), directory), Optional.empty()))
                        .into(store),
                ProgressListener.NONE,
                Budget.of(Duration.ofMinutes(5)));
        IngestOutcome.Kept kept = outcome.kept().orElseThrow();
        return new NewVersion(
                VersionId.of("request " + requests++),
                outcome.imageId(),
                image.toString(),
                kept.image(),
                outcome.inventory(),
                "raw",
                Files.size(image),
                kept.added().storedBytes(),
                Instant.EPOCH,
                "ann",
                "because",
                began);
    }

    private Version checkIn(Path image, ChainChoice choice) throws Exception {
        return chains.append(read(image), choice);
    }

    private Path out(Version version, String name) throws Exception {
        Path target = directory.resolve(name);
        new CheckOut(store, Budget.of(Duration.ofMinutes(5)), 2)
                .raw(store.roots().read(version.content()).disks().getFirst(), target);
        return target;
    }

    @Test
    void oneReadingIndexesAndKeepsAndTheVersionComesBackByteForByte() throws Exception {
        Version version = checkIn(disks.base(), new ChainChoice.New(DEBIAN));

        assertThat(version.reference()).isEqualTo("debian:1.1");
        assertThat(version.state()).isEqualTo(VersionState.ACTIVE);
        Tool.run(
                List.of("cmp", disks.base().toString(), out(version, "back.raw").toString()));
        Row row = graph.read(Statement.of("""
                        MATCH (version:Image {name: 'debian:1.1'})-[:DERIVED_FROM {kind: 'check-in', basis: 'RECORDED'}]->(source:Image),
                          (version)-[:HAS_INVENTORY]->(inventory:Inventory)<-[:HAS_INVENTORY]-(source),
                          (version)-[:STORED_IN]->(repository:Repository {kind: 'REFERENCE'}),
                          (version)-[:GENERATED_BY]->(activity:Activity {kind: 'check-in', message: 'because'})-[:USED]->(source),
                          (activity)-[:ASSOCIATED_WITH]->(:Agent {name: 'ann'})
                        RETURN source.location AS location, inventory.files AS files
                        """)).getFirst();
        assertThat(row.text("location")).isEqualTo(disks.base().toString());
        assertThat(row.number("files")).isGreaterThan(100);
        try (ContentStore other = ContentStore.open(directory.resolve("other"));
                CheckIn alone = CheckIn.into(other)) {
            assertThat(StoreBenchmark.checkIn(disks.base(), 1, alone))
                    .as("what the pipeline keeps is what a check-in by itself keeps")
                    .isEqualTo(version.content());
        }
    }

    @Test
    void aChangedImageGoesOnTheChainThatItCameFrom() throws Exception {
        Version first = checkIn(disks.base(), new ChainChoice.New(DEBIAN));
        Path file = out(first, "taken.raw");
        Branches.Branch branch = branches.checkedOut(
                branches.requireUsable(first.imageId()),
                new ImageFile(file, "raw", Files.size(file), 4_096, Instant.now()),
                "job-1",
                "bob",
                Instant.now(),
                "{}");
        assertThat(branch.reference()).isEqualTo("debian:1.1.1");
        assertThat(branches.made("job-1")).contains(branch);
        assertThat(branches.made("job-2")).isEmpty();

        Files.copy(disks.changed(), file, StandardCopyOption.REPLACE_EXISTING);
        Version second = checkIn(file, new ChainChoice.Own());
        assertThat(second.reference()).isEqualTo("debian:1.2");

        assertThat(chains.own(file.toString())).contains(new ChainChoice.End(DEBIAN, 2));

        checkIn(disks.base(), chains.end(DEBIAN));
        refused(Code.CHAIN_MOVED, () -> chains.own(file.toString()));
    }

    @Test
    void anOverlayFollowsTheVersionThatItsBaseBecame() throws Exception {
        checkIn(disks.base(), new ChainChoice.New(DEBIAN));
        assertThat(checkIn(disks.overlay(), new ChainChoice.Own()).reference()).isEqualTo("debian:1.2");
    }

    @Test
    void twoCheckInsRaceAndOneIsTold() throws Exception {
        checkIn(disks.base(), new ChainChoice.New(DEBIAN));
        ChainChoice.End end = chains.end(DEBIAN);
        NewVersion one = read(disks.changed());
        NewVersion other = read(disks.base());
        try (ExecutorService both = Executors.newFixedThreadPool(2)) {
            List<Future<Version>> running = both.invokeAll(
                    List.<Callable<Version>>of(() -> chains.append(one, end), () -> chains.append(other, end)));
            long won = 0;
            for (Future<Version> each : running) {
                try {
                    assertThat(each.get().reference()).isEqualTo("debian:1.2");
                    won++;
                } catch (ExecutionException e) {
                    assertThat(e).cause().isInstanceOfSatisfying(ReferenceProblem.class, problem -> assertThat(
                                    problem.code())
                            .isEqualTo(Code.CHAIN_MOVED));
                }
            }
            assertThat(won).isEqualTo(1);
        }
        assertThat(chains.end(DEBIAN).last()).isEqualTo(2);
    }

    @Test
    void whatIsRefusedHasChangedNothing() throws Exception {
        NewVersion base = read(disks.base());
        refused(Code.NO_OWN_CHAIN, () -> chains.append(base, new ChainChoice.Own()));
        refused(Code.NO_SUCH_CHAIN, () -> chains.end(new ChainName("none")));
        Version first = chains.append(base, new ChainChoice.New(DEBIAN));
        assertThat(chains.append(base, new ChainChoice.New(DEBIAN))).isEqualTo(first);
        NewVersion again = read(disks.base());
        refused(Code.CHAIN_EXISTS, () -> chains.append(again, new ChainChoice.New(DEBIAN)));
        refused(Code.CHAIN_EXISTS, () -> chains.requireFree(DEBIAN));
        refused(Code.NOT_A_VERSION, () -> chains.require(base.sourceId()));
        assertThat(graph.read(Statement.of("MATCH (:VersionChain)-[h:HAS_VERSION]->() RETURN count(h) AS n"))
                        .getFirst()
                        .number("n"))
                .isEqualTo(1);
    }

    @Test
    void statesFollowEachOtherAsAllowedAndAreToldWithTheirReasons() throws Exception {
        Version version = checkIn(disks.base(), new ChainChoice.New(DEBIAN));
        states.promote(version.imageId(), ChainName.ofChannel("stable"), "ann", "tested");
        refused(Code.VERSION_IN_USE, () -> change(version, VersionState.REVOKED));
        Version next = checkIn(disks.changed(), chains.end(DEBIAN));
        states.promote(next.imageId(), ChainName.ofChannel("stable"), "ann", "newer");

        assertThat(change(version, VersionState.DEPRECATED).state()).isEqualTo(VersionState.DEPRECATED);
        refused(
                Code.STATE_NOT_ALLOWED,
                () -> states.promote(version.imageId(), ChainName.ofChannel("old"), "ann", "no"));
        change(version, VersionState.REVOKED);
        refused(Code.STATE_NOT_ALLOWED, () -> branches.requireUsable(version.imageId()));
        refused(Code.STATE_NOT_ALLOWED, () -> change(version, VersionState.DEPRECATED));
        change(version, VersionState.ACTIVE);
        assertThat(graph.read(Statement.of("""
                        MATCH (a:Activity)-[c:CHANGED]->(:Image {name: 'debian:1.1'})
                        RETURN a.kind AS kind, c.from AS from, c.to AS to ORDER BY a.startedAt
                        """)))
                .extracting(row -> row.text("kind") + " " + row.text("from") + " " + row.text("to"))
                .containsExactly(
                        "promote  debian:stable",
                        "deprecate ACTIVE DEPRECATED",
                        "revoke DEPRECATED REVOKED",
                        "restore REVOKED ACTIVE");
    }

    @Test
    void whatSomethingDescendsFromIsDeletedByForceOnly() throws Exception {
        Version version = checkIn(disks.base(), new ChainChoice.New(DEBIAN));
        Path file = out(version, "child.raw");
        branches.checkedOut(
                version,
                new ImageFile(file, "raw", Files.size(file), 4_096, Instant.now()),
                "job-1",
                "bob",
                Instant.now(),
                "{}");
        refused(Code.VERSION_IN_USE, () -> change(version, VersionState.DELETED));
        assertThat(states.change(version.imageId(), VersionState.DELETED, "ann", "wrong licence", true)
                        .state())
                .isEqualTo(VersionState.DELETED);
        assertThat(change(version, VersionState.ACTIVE).state()).isEqualTo(VersionState.ACTIVE);
    }

    @Test
    void aVersionMovesToAnotherChainAndItsPastStaysKnown() throws Exception {
        Version first = checkIn(disks.base(), new ChainChoice.New(DEBIAN));
        Version strange = checkIn(disks.changed(), chains.end(DEBIAN));
        checkIn(disks.overlay(), new ChainChoice.New(new ChainName("web")));

        Version moved = chains.move(strange.imageId(), new ChainName("web"), "ann", "it is a web server");
        assertThat(moved.reference()).isEqualTo("web:1.2");
        assertThat(checkIn(disks.changed(), chains.end(DEBIAN)).reference())
                .as("a number is never given twice")
                .isEqualTo("debian:1.3");
        refused(Code.STATE_NOT_ALLOWED, () -> chains.move(first.imageId(), DEBIAN, "ann", "nowhere"));
        assertThat(graph.read(Statement.of("""
                        MATCH (c:VersionChain)-[h:HAD_VERSION]->(:Image {name: 'web:1.2'})
                        RETURN c.name + ':' + h.number AS was
                        """)))
                .extracting(row -> row.text("was"))
                .containsExactly("debian:1.2");
    }

    private Version change(Version version, VersionState state) {
        return states.change(version.imageId(), state, "ann", "for a reason", false);
    }

    private static void refused(Code code, ThrowingCallable call) {
        assertThatThrownBy(call).isInstanceOfSatisfying(ReferenceProblem.class, problem -> assertThat(problem.code())
                .isEqualTo(code));
    }
}

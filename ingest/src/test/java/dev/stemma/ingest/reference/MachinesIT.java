package dev.stemma.ingest.reference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stemma.graph.GraphExtension;
import dev.stemma.graph.id.Digest;
import dev.stemma.graph.store.Graph;
import dev.stemma.graph.store.Row;
import dev.stemma.graph.store.Statement;
import dev.stemma.ingest.emit.ImageFile;
import dev.stemma.ingest.reference.ReferenceProblem.Code;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What runs where, what was captured of it, what was copied, and what is put where something lay: in the graph, without bytes. */
@ExtendWith(GraphExtension.class)
@GraphExtension.EmptiedBeforeEachTest
final class MachinesIT {

    private static final ChainName WEB = new ChainName("web");
    private static final MachineName SHOP = new MachineName("shop-1");

    private final Graph graph;
    private final Machines machines;
    private final VersionChains chains;
    private final VersionStates states;
    private final Branches branches;
    private final Copies copies;
    private int requests;

    MachinesIT(Graph graph) {
        this.graph = graph;
        this.machines = new Machines(graph);
        this.chains = new VersionChains(graph);
        this.states = new VersionStates(graph);
        this.branches = new Branches(graph);
        this.copies = new Copies(graph);
    }

    private Version first = new Version("", digest("none"), "", "", 0, VersionState.ACTIVE, "raw", 0, false);

    @BeforeEach
    void aVersion() {
        first = chains.append(of("/lab/base.raw"), new ChainChoice.New(WEB));
    }

    private static Digest digest(String text) {
        return Digest.sha256(text.getBytes(StandardCharsets.UTF_8));
    }

    private static ImageFile file(String location) {
        return new ImageFile(Path.of(location), "raw", 10, 10, Instant.EPOCH);
    }

    /** An image that was just read, with an inventory of its own. */
    private NewVersion of(String location) {
        Digest inventory = digest(location + requests);
        Row image = graph.writing(transaction -> {
            Row found = file(location).register(transaction, java.time.ZonedDateTime.now(java.time.ZoneOffset.UTC));
            transaction.run(new Statement(
                    "MATCH (i:Image {id: $image}) MERGE (v:Inventory {id: $inventory}) ON CREATE SET v.level = 'full'"
                            + " CREATE (i)-[:HAS_INVENTORY {observedAt: datetime(), level: 'full'}]->(v)",
                    Map.of("image", found.text("id"), "inventory", inventory.hex())));
            return found;
        });
        return new NewVersion(
                VersionId.of("request " + requests++),
                image.text("id"),
                location,
                digest("content" + requests),
                inventory,
                "raw",
                10,
                10,
                Instant.EPOCH,
                "ann",
                "because",
                Instant.now());
    }

    private Machines.Deployment deploy(String imageId, MachineName machine) {
        return machines.deploy(new Machines.Wanted(imageId, machine, Optional.empty(), "", false), "bob");
    }

    private Branches.Branch out(Version version, String location) {
        return branches.checkedOut(version, file(location), "job-" + requests++, "bob", Instant.now(), "{}");
    }

    private static void refused(Code code, ThrowingCallable call) {
        assertThatThrownBy(call).isInstanceOfSatisfying(ReferenceProblem.class, problem -> assertThat(problem.code())
                .isEqualTo(code));
    }

    private List<String> told(String query, Map<String, Object> parameters) {
        return graph.read(new Statement(query, parameters)).stream()
                .map(row -> row.text("told"))
                .toList();
    }

    private List<String> parents(String imageId) {
        return told(
                "MATCH (:Image {id: $id})-[d:DERIVED_FROM]->(p:Image) RETURN d.kind + ' ' + d.basis + ' ' + p.name AS told ORDER BY told",
                Map.of("id", imageId));
    }

    @Test
    void eachUseOfAVersionHasTheNextNumberWhateverItIs() {
        assertThat(deploy(first.imageId(), SHOP).branch()).contains("web:1.1.1");
        Branches.Branch file = out(first, "/lab/prod.raw");
        assertThat(file.reference()).isEqualTo("web:1.1.2");
        assertThat(deploy(file.imageId(), new MachineName("shop-2")).branch())
                .as("what was made of a version is a use of it")
                .contains("web:1.1.3");
        Copies.Copy copy = copy(file.imageId(), "/lab/copy.raw", Optional.empty());
        assertThat(copy.branch()).contains("web:1.1.4");
        assertThat(parents(copy.imageId())).containsExactly("copy RECORDED prod");
        String strange = of("/lab/strange.raw").sourceId();
        assertThat(deploy(strange, new MachineName("other")).branch()).isEmpty();
        assertThat(copy(strange, "/lab/strange-2.raw", Optional.empty()).branch())
                .isEmpty();
        assertThat(told(
                        "MATCH (v:Image {name: 'web:1.1'})-[b:HAS_BRANCH]->(u) RETURN head(labels(u)) + ' ' + b.number + ' ' + u.name AS told ORDER BY b.number",
                        Map.of()))
                .containsExactly("Machine 1 shop-1", "Image 2 prod", "Machine 3 shop-2", "Image 4 copy");
    }

    private Copies.Copy copy(String source, String target, Optional<String> inventory) {
        return copies.copied(
                new Copies.Source(source, inventory, "copy-" + requests++, "bob", "", Instant.now()), file(target));
    }

    @Test
    void aMachineRunsOneImageAtATimeAndWhatItRanStaysKnown() {
        deploy(first.imageId(), SHOP);
        Version second = chains.append(of("/lab/next.raw"), chains.end(WEB));
        Machines.Deployment again = machines.deploy(
                new Machines.Wanted(
                        second.imageId(), SHOP, Optional.of(Machine.Kind.PHYSICAL), "security updates", false),
                "bob");
        assertThat(again.branch()).contains("web:1.2.1");
        Machine running = machines.require(again.machineId());
        assertThat(running.id()).isEqualTo(SHOP.machineId());
        assertThat(running.kind()).isEqualTo(Machine.Kind.PHYSICAL);
        assertThat(running.retired()).isFalse();
        assertThat(running.imageId()).isEqualTo(second.imageId());
        assertThat(told(
                        "MATCH (m:Machine)-[d:DEPLOYED_FROM]->(i) RETURN i.name + CASE WHEN d.until IS NULL THEN ' now' ELSE '' END AS told ORDER BY d.since",
                        Map.of()))
                .containsExactly("web:1.1", "web:1.2 now");
        assertThat(told(
                        "MATCH (:Machine)-[:GENERATED_BY]->(a:Activity {kind: 'deployment'})-[:USED]->(i:Image), (a)-[:ASSOCIATED_WITH]->(p:Agent {kind: 'person'})"
                                + " RETURN i.name + ' ' + p.name + ' ' + a.message AS told ORDER BY a.endedAt",
                        Map.of()))
                .containsExactly("web:1.1 bob ", "web:1.2 bob security updates");

        Machine retired = machines.retire(again.machineId(), "ann", "broken");
        assertThat(retired.retired()).isTrue();
        assertThat(retired.imageId()).as("what it ran last").isEqualTo(second.imageId());
        refused(Code.STATE_NOT_ALLOWED, () -> machines.retire(again.machineId(), "ann", "once more"));
        refused(Code.NO_SUCH_MACHINE, () -> machines.retire("mac-none", "ann", "no"));
        assertThat(deploy(first.imageId(), SHOP).kind())
                .as("it comes back as what it was")
                .isEqualTo(Machine.Kind.PHYSICAL);
        assertThat(machines.require(again.machineId()).retired()).isFalse();
    }

    @Test
    void whatIsRevokedIsDeployedByForceOnly() {
        states.change(first.imageId(), VersionState.REVOKED, "ann", "a hole", false);
        refused(Code.STATE_NOT_ALLOWED, () -> deploy(first.imageId(), SHOP));
        assertThat(machines.find(SHOP.machineId()))
                .as("what was refused left nothing")
                .isEmpty();
        assertThat(told("MATCH (i:Image {name: 'web:1.1'}) RETURN toString(coalesce(i.branches, 0)) AS told", Map.of()))
                .containsExactly("0");
        assertThat(machines.deploy(new Machines.Wanted(first.imageId(), SHOP, Optional.empty(), "it runs", true), "bob")
                        .branch())
                .contains("web:1.1.1");
        assertThat(told("MATCH (a:Activity {kind: 'deployment'}) RETURN a.parameters AS told", Map.of()))
                .containsExactly("{\"force\":true}");
    }

    @Test
    void aCaptureGoesOnTheChainOfWhatTheMachineRuns() {
        deploy(first.imageId(), SHOP);
        NewVersion taken = of("/lab/taken.raw");
        Machine shop = machines.require(SHOP.machineId());
        Version captured = chains.append(taken, new ChainChoice.Own(), Optional.of(shop));
        assertThat(captured.reference()).isEqualTo("web:1.2");
        assertThat(parents(captured.imageId())).containsExactly("check-in RECORDED taken");
        assertThat(parents(taken.sourceId())).containsExactly("capture RECORDED web:1.1");
        assertThat(told(
                        "MATCH (i:Image {name: 'taken'})-[:GENERATED_BY]->(a:Activity {kind: 'capture'})-[:USED]->(u) RETURN u.name AS told ORDER BY told",
                        Map.of()))
                .containsExactly("shop-1", "web:1.1");
        assertThat(told(
                        "MATCH (:Image {name: 'web:1.1'})-[b:HAS_BRANCH]->(u:Image {name: 'taken'}) RETURN toString(b.number) AS told",
                        Map.of()))
                .containsExactly("2");

        // web:1.1 is no longer the end of its chain.
        NewVersion later = of("/lab/later.raw");
        refused(Code.CHAIN_MOVED, () -> chains.append(later, new ChainChoice.Own(), Optional.of(shop)));
        assertThat(parents(later.sourceId()))
                .as("what was refused left nothing")
                .isEmpty();

        Version again = chains.append(of("/lab/taken.raw"), chains.end(WEB), Optional.of(shop));
        assertThat(again.reference()).isEqualTo("web:1.3");
        assertThat(parents(taken.sourceId()))
                .as("the same file taken once more derives once")
                .containsExactly("capture RECORDED web:1.1");
    }

    @Test
    void aMachineThatRunsTheVeryFileMakesNoCircle() {
        Branches.Branch file = out(first, "/lab/prod.raw");
        deploy(file.imageId(), SHOP);
        Machine shop = machines.require(SHOP.machineId());
        Version captured = chains.append(of("/lab/prod.raw"), new ChainChoice.Own(), Optional.of(shop));
        assertThat(captured.reference()).isEqualTo("web:1.2");
        assertThat(parents(file.imageId())).containsExactly("check-out RECORDED web:1.1");
        assertThat(told(
                        "MATCH (i:Image {name: 'prod'})-[:GENERATED_BY]->(a:Activity {kind: 'capture'})-[:USED]->(u) RETURN u.name AS told",
                        Map.of()))
                .containsExactly("shop-1");
    }

    @Test
    void aCopyHoldsWhatWasCopiedIfThatIsKnown() {
        NewVersion source = of("/lab/file.raw");
        Copies.Source wanted = new Copies.Source(
                source.sourceId(), Optional.of(source.inventory().hex()), "job-7", "bob", "a try", Instant.now());
        assertThat(copies.made("job-7")).isEmpty();
        Copies.Copy copy = copies.copied(wanted, file("/lab/file-2.raw"));
        assertThat(copies.made("job-7")).contains(copy);
        Copies.Copy unknown = copy(source.sourceId(), "/lab/file-3.raw", Optional.empty());
        assertThat(told(
                        "MATCH (i:Image)-[h:HAS_INVENTORY]->(v:Inventory {id: $inventory}) WHERE h.until IS NULL RETURN i.name AS told ORDER BY told",
                        Map.of("inventory", source.inventory().hex())))
                .containsExactly("file", "file-2")
                .doesNotContain(unknown.name());
    }

    @Test
    void whatIsPutWhereSomethingLayIsAnotherImage() {
        Branches.Branch old = out(first, "/lab/prod.raw");
        deploy(old.imageId(), SHOP);
        Version second = chains.append(of("/lab/prod.raw"), new ChainChoice.Own());
        assertThat(second.reference()).isEqualTo("web:1.2");

        Branches.Branch fresh = out(second, "/lab/prod.raw");
        assertThat(fresh.reference()).isEqualTo("web:1.2.1");
        assertThat(fresh.imageId()).isNotEqualTo(old.imageId());
        assertThat(parents(fresh.imageId())).containsExactly("check-out RECORDED web:1.2");
        assertThat(parents(old.imageId())).containsExactly("check-out RECORDED web:1.1");
        assertThat(told(
                        "MATCH (i:Image {id: $id}) RETURN i.state + ' ' + i.formerLocation + ' ' + left(i.location, 9) AS told",
                        Map.of("id", old.imageId())))
                .containsExactly("MISSING /lab/prod.raw replaced:");
        assertThat(told("MATCH (i:Image {location: '/lab/prod.raw'}) RETURN i.id + ' ' + i.state AS told", Map.of()))
                .containsExactly(fresh.imageId() + " ACTIVE");
        assertThat(told("MATCH (i:Image)-[:DERIVED_FROM*1..10]->(i) RETURN i.name AS told", Map.of()))
                .as("nobody derives from itself")
                .isEmpty();
        assertThat(machines.require(SHOP.machineId()).imageId()).isEqualTo(old.imageId());

        Branches.Branch third = out(second, "/lab/prod.raw");
        assertThat(List.of(old.imageId(), fresh.imageId())).doesNotContain(third.imageId());
        assertThat(branches.origin(Path.of("/lab/prod.raw")).map(Branches.Origin::content))
                .contains(second.content());
    }

    @Test
    void whatAHeaderSaidBeforeIsRememberedAndWhatItSaysIsTheParent() {
        String child = of("/lab/overlay.raw").sourceId();
        String one = of("/lab/one.raw").sourceId();
        String two = of("/lab/two.raw").sourceId();
        Statement backing = Statement.named(Machines.class, "emit/backing.cypher");
        for (String parent : List.of(one, one, two, "")) {
            graph.write(backing.with(Map.of(
                    "child", child, "parent", parent, "now", java.time.ZonedDateTime.now(java.time.ZoneOffset.UTC))));
            assertThat(parents(child))
                    .isEqualTo(
                            parent.isEmpty()
                                    ? List.of()
                                    : List.of("backing-file OBSERVED " + (parent.equals(one) ? "one" : "two")));
        }
        assertThat(told(
                        "MATCH (:Image {id: $id})-[d:HAD_PARENT]->(p:Image) WHERE d.since < d.until RETURN d.kind + ' ' + d.basis + ' ' + p.name AS told ORDER BY d.until",
                        Map.of("id", child)))
                .containsExactly("backing-file OBSERVED one", "backing-file OBSERVED two");
    }
}

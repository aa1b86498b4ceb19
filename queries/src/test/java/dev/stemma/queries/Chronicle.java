package dev.stemma.queries;

import dev.stemma.graph.store.Graph;
import dev.stemma.graph.store.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;

/**
 * A history of images, versions and machines from a seed, written twice: into the graph, as ADR 33 says and with nothing but Cypher, and
 * as a list of deeds that {@link Ledger} replays up to any moment. Deeds are a minute apart. Not thread-safe.
 */
public final class Chronicle {

    /** An index run, or the reading of a check-in, begins so long before it takes effect. */
    static final Duration READING = Duration.ofSeconds(20);

    private static final Instant BEGIN = Instant.parse("2026-05-01T00:00:00Z");
    private static final String RECORD = """
             CREATE (activity:Activity {id: $activity, kind: $kind, startedAt: $started, endedAt: $now, message: $message, parameters: '{}'})
             MERGE (stemma:Agent {id: 'software:stemma'}) ON CREATE SET stemma.name = 'Stemma', stemma.kind = 'software'
             MERGE (person:Agent {id: 'person:' + $person}) ON CREATE SET person.name = $person, person.kind = 'person'
             CREATE (activity)-[:ASSOCIATED_WITH]->(stemma) CREATE (activity)-[:ASSOCIATED_WITH]->(person)
            """;

    private final Graph graph;
    private final Random random;
    private final List<Deed> deeds = new ArrayList<>();
    private final Ledger now = new Ledger();

    public Chronicle(Graph graph, Random random) {
        this.graph = graph;
        this.random = random;
    }

    /** Makes so many deeds; then one of each kind at least is there, if there are enough. */
    public Chronicle happen(int count) {
        write("""
                MERGE (:Repository {id: 'repo-reference', name: 'reference', kind: 'REFERENCE', connector: 'store', uri: 'stemma:'})
                MERGE (:Repository {id: 'repo-lab', name: 'lab', kind: 'OPERATIONAL', connector: 'directory', uri: 'file:///lab'})
                """, Map.of());
        for (int i = 0; i < count; i++) {
            Instant time = BEGIN.plus(Duration.ofMinutes(deeds.size()));
            String activity = "act-%04d".formatted(deeds.size());
            Deed deed = next(time, activity).orElseGet(() -> new Deed.Register(time, activity, "file-" + deeds.size()));
            deeds.add(deed);
            now.apply(deed);
            write(deed);
        }
        return this;
    }

    /** What was so up to and with a moment. */
    public Ledger replayed(Instant at) {
        Ledger ledger = new Ledger();
        deeds.stream().filter(deed -> !deed.effective().isAfter(at)).forEach(ledger::apply);
        return ledger;
    }

    /** The same by when deeds ended, as a history counts them. */
    public Ledger replayedByTime(Instant at) {
        Ledger ledger = new Ledger();
        deeds.stream().filter(deed -> !deed.time().isAfter(at)).forEach(ledger::apply);
        return ledger;
    }

    public List<Deed> deeds() {
        return List.copyOf(deeds);
    }

    private Optional<Deed> next(Instant time, String activity) {
        int what = random.nextInt(100);
        int number = deeds.size();
        if (what < 8 || now.images.isEmpty()) {
            return Optional.of(new Deed.Register(time, activity, "file-" + number));
        }
        String file = any(now.files());
        if (what < 22) {
            return Optional.of(new Deed.Index(time, activity, file, "%064x".formatted(number)));
        }
        List<String> indexed = now.files().stream()
                .filter(each -> now.image(each).inventory.isPresent())
                .toList();
        if (what < 36 && !indexed.isEmpty()) {
            String chain = random.nextInt(3) == 0 || now.lasts.isEmpty()
                    ? "chain-" + number
                    : any(List.copyOf(now.lasts.keySet()));
            return Optional.of(new Deed.CheckIn(time, activity, any(indexed), "ver-" + number, chain));
        }
        if (what < 48) {
            return Optional.of(new Deed.Copy(time, activity, file, "file-" + number, "copy"));
        }
        if (what < 55) {
            return Optional.of(new Deed.Deploy(time, activity, file, "machine-" + random.nextInt(12)));
        }
        if (what < 57) {
            return now.images.values().stream()
                    .flatMap(image -> image.machines.stream())
                    .sorted()
                    .findFirst()
                    .map(machine -> new Deed.Retire(time, activity, machine));
        }
        if (now.places.isEmpty()) {
            return Optional.empty();
        }
        String version = any(List.copyOf(now.places.keySet()));
        if (what < 71) {
            return Optional.of(new Deed.Copy(time, activity, version, "file-" + number, "check-out"));
        }
        if (what < 82) {
            String state = List.of("ACTIVE", "DEPRECATED", "REVOKED", "DELETED").get(random.nextInt(4));
            return state.equals(now.image(version).state)
                    ? Optional.empty()
                    : Optional.of(new Deed.State(time, activity, version, now.image(version).state, state));
        }
        if (what < 93) {
            String chain = any(List.copyOf(now.lasts.keySet()));
            boolean pointed = now.channels.containsValue(version);
            return pointed || now.place(version).chain().equals(chain)
                    ? Optional.empty()
                    : Optional.of(new Deed.Move(time, activity, version, chain));
        }
        return Optional.of(new Deed.Promote(
                time, activity, version, List.of("stable", "edge").get(random.nextInt(2))));
    }

    private String any(List<String> choice) {
        return choice.get(random.nextInt(choice.size()));
    }

    private void write(String cypher, Map<String, Object> parameters) {
        graph.write(new Statement(cypher, parameters));
    }

    private void record(String match, Deed deed, Map<String, Object> parameters) {
        Map<String, Object> all = new java.util.HashMap<>(parameters);
        all.put("activity", deed.activity());
        all.put("kind", deed.kind());
        all.put("started", deed.time().minus(READING));
        all.put("now", deed.time());
        all.put("message", "because of " + deed.activity());
        all.put("person", "ada");
        write(match, all);
    }

    private void write(Deed deed) {
        switch (deed) {
            case Deed.Register register -> {
                record(
                        "CREATE (image:Image {id: $image}) WITH image" + RECORD
                                + " CREATE (image)-[:GENERATED_BY]->(activity)",
                        deed,
                        Map.of("image", register.image()));
                file(register.image(), deed.time());
            }
            case Deed.Index index ->
                record(
                        """
                    MATCH (image:Image {id: $image})
                    CREATE (inventory:Inventory {id: $inventory, level: 'basic', sequence: $sequence, packages: 0})
                    WITH image, inventory
                    CALL (image) { MATCH (image)-[has:HAS_INVENTORY]->() WHERE has.until IS NULL SET has.until = $now }
                    CREATE (image)-[:HAS_INVENTORY {observedAt: $started, level: 'basic', activity: $activity}]->(inventory)
                    WITH image, inventory
                    """ + RECORD + " CREATE (inventory)-[:GENERATED_BY]->(activity)-[:USED]->(image)",
                        deed,
                        Map.of("image", index.image(), "inventory", index.inventory(), "sequence", deeds.size()));
            case Deed.CheckIn checkIn -> checkIn(checkIn);
            case Deed.Copy copy -> copy(copy);
            case Deed.Deploy deploy -> {
                record(
                        """
                    MATCH (image:Image {id: $image})
                    MERGE (machine:Machine {id: $machine}) ON CREATE SET machine.registeredAt = $now
                    SET machine.name = $machine, machine.kind = 'VIRTUAL', machine.state = 'ACTIVE'
                    WITH image, machine
                    CALL (machine) { MATCH (machine)-[runs:DEPLOYED_FROM]->() WHERE runs.until IS NULL SET runs.until = $now }
                    CREATE (machine)-[:DEPLOYED_FROM {since: $now}]->(image) WITH image, machine
                    """ + RECORD + " CREATE (machine)-[:GENERATED_BY]->(activity)-[:USED]->(image)",
                        deed,
                        Map.of("image", deploy.image(), "machine", deploy.machine()));
                Objects.requireNonNull(now.machines.get(deploy.machine()))
                        .ifPresent(branch -> branch(branch, "Machine", deploy.machine(), deed.time()));
            }
            case Deed.Retire retire ->
                record(
                        """
                    MATCH (machine:Machine {id: $machine})-[runs:DEPLOYED_FROM]->() WHERE runs.until IS NULL
                    SET runs.until = $now, machine.state = 'RETIRED' WITH machine
                    """ + RECORD + " CREATE (activity)-[:CHANGED {from: 'ACTIVE', to: 'RETIRED'}]->(machine)",
                        deed,
                        Map.of("machine", retire.machine()));
            case Deed.State state ->
                record(
                        "MATCH (image:Image {id: $image}) SET image.state = $to WITH image" + RECORD
                                + " CREATE (activity)-[:CHANGED {from: $from, to: $to}]->(image)",
                        deed,
                        Map.of("image", state.image(), "from", state.from(), "to", state.to()));
            case Deed.Move move ->
                record(
                        """
                    MATCH (image:Image {id: $image})<-[old:HAS_VERSION]-(from:VersionChain)
                    MATCH (chain:VersionChain {name: $chain})
                    CREATE (from)-[:HAD_VERSION {number: old.number, ordinal: old.ordinal, since: old.since, until: $now}]->(image)
                    DELETE old
                    CREATE (chain)-[:HAS_VERSION {number: $number, ordinal: $ordinal, since: $now}]->(image)
                    SET chain.last = $ordinal, image.name = $chain + ':' + $number
                    WITH image
                    """ + RECORD
                                + " CREATE (activity)-[:CHANGED {from: 'there', to: $chain + ':' + $number}]->(image)",
                        deed,
                        Map.of(
                                "image", move.image(),
                                "chain", move.chain(),
                                "number", now.place(move.image()).number(),
                                "ordinal", now.place(move.image()).ordinal()));
            case Deed.Promote promote ->
                record(
                        """
                    MATCH (image:Image {id: $image})<-[:HAS_VERSION]-(chain:VersionChain)
                    MERGE (channel:Channel {id: chain.id + '/' + $channel}) ON CREATE SET channel.name = $channel
                    MERGE (chain)-[:HAS_CHANNEL]->(channel)
                    WITH image, channel
                    CALL (channel) {
                      OPTIONAL MATCH (channel)-[old:POINTS_TO]->(before:Image)
                      FOREACH (_ IN CASE WHEN old IS NULL THEN [] ELSE [1] END |
                        CREATE (channel)-[:POINTED_TO {since: old.since, until: $now}]->(before))
                      DELETE old
                    }
                    CREATE (channel)-[:POINTS_TO {since: $now}]->(image) WITH image
                    """ + RECORD + " CREATE (activity)-[:CHANGED {from: '', to: $channel}]->(image)",
                        deed,
                        Map.of("image", promote.image(), "channel", promote.channel()));
        }
    }

    private void file(String image, Instant time) {
        write("""
                MATCH (image:Image {id: $image}), (lab:Repository {id: 'repo-lab'})
                SET image.name = $image, image.location = '/lab/' + $image + '.raw', image.format = 'raw', image.state = 'ACTIVE',
                    image.registeredAt = $now, image.modifiedAt = $now, image.virtualBytes = 1, image.allocatedBytes = 1
                CREATE (image)-[:STORED_IN]->(lab)
                """, Map.of("image", image, "now", time));
    }

    private void checkIn(Deed.CheckIn deed) {
        Ledger.Place place = now.place(deed.version());
        record(
                """
                MERGE (chain:VersionChain {name: $chain}) ON CREATE SET chain.id = 'chn-' + $chain, chain.createdAt = $now
                SET chain.last = $ordinal
                WITH chain
                MATCH (source:Image {id: $source})
                MATCH (source)-[has:HAS_INVENTORY]->(inventory:Inventory) WHERE has.until IS NULL
                MATCH (reference:Repository {id: 'repo-reference'})
                CREATE (image:Image {id: $version, location: 'stemma:' + $version, name: $chain + ':' + $number, registeredAt: $now,
                  checkedInAt: $now, state: 'ACTIVE', content: $version, format: 'raw', author: 'ada', message: 'because',
                  virtualBytes: 1, allocatedBytes: 1, modifiedAt: $now})
                CREATE (image)-[:STORED_IN]->(reference)
                CREATE (chain)-[:HAS_VERSION {number: $number, ordinal: $ordinal, since: $now}]->(image)
                CREATE (image)-[:HAS_INVENTORY {observedAt: $started, level: 'full', activity: $activity}]->(inventory)
                CREATE (image)-[:DERIVED_FROM {kind: 'check-in', basis: 'RECORDED', since: $now}]->(source)
                WITH image, source
                """ + RECORD + " CREATE (image)-[:GENERATED_BY]->(activity)-[:USED]->(source)",
                deed,
                Map.of(
                        "chain", deed.chain(),
                        "version", deed.version(),
                        "source", deed.source(),
                        "number", place.number(),
                        "ordinal", place.ordinal()));
    }

    private void copy(Deed.Copy deed) {
        record(
                """
                MATCH (source:Image {id: $source})
                CREATE (image:Image {id: $image})
                CREATE (image)-[:DERIVED_FROM {kind: $kind, basis: 'RECORDED', since: $now}]->(source)
                WITH image, source
                """ + RECORD + " CREATE (image)-[:GENERATED_BY]->(activity)-[:USED]->(source)",
                deed,
                Map.of("source", deed.source(), "image", deed.image()));
        file(deed.image(), deed.time());
        Optional.ofNullable(now.branches.get(deed.image()))
                .ifPresent(branch -> branch(branch, "Image", deed.image(), deed.time()));
    }

    private void branch(Ledger.Branch branch, String label, String use, Instant time) {
        write(
                "MATCH (version:Image {id: $version}), (use:" + label + " {id: $use})"
                        + " CREATE (version)-[:HAS_BRANCH {number: $number, since: $now}]->(use)",
                Map.of("version", branch.version(), "use", use, "number", branch.number(), "now", time));
    }
}

package dev.stemma.ingest.emit;

import dev.stemma.graph.id.Digest;
import dev.stemma.graph.model.Attributes;
import dev.stemma.graph.model.Entry;
import dev.stemma.graph.model.FileSystem;
import dev.stemma.graph.model.GuestFact;
import dev.stemma.graph.model.GuestName;
import dev.stemma.graph.model.GuestPath;
import dev.stemma.graph.model.HeldRole;
import dev.stemma.graph.model.InstalledPackage;
import dev.stemma.graph.model.Inventory;
import dev.stemma.graph.model.Level;
import dev.stemma.graph.model.Mount;
import dev.stemma.graph.model.Observation;
import dev.stemma.graph.model.OperatingSystem;
import dev.stemma.graph.model.Partition;
import dev.stemma.graph.model.Payload;
import dev.stemma.graph.model.Times;
import dev.stemma.graph.model.Volume;
import dev.stemma.graph.store.Graph;
import dev.stemma.graph.tree.TreeBuilder;
import dev.stemma.ingest.image.ImageFacts;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Writes a small made-up inventory in one transaction, and takes it back. Nobody ever sees it; but the server has planned each
 * statement of a run then, and compiled much of what executes it, so the first real run is a third faster.
 */
final class Rehearsal {

    private static final String NAME = "stemma-rehearsal";
    private static final int DIRECTORIES = 60;
    private static final int FILES = 50;
    private static final Instant THEN = Instant.EPOCH;
    private static final Attributes DIRECTORY = Attributes.of(0755, 0, 0, Times.modifiedAt(THEN), 2, 2);
    private static final Attributes FILE = Attributes.of(0644, 0, 0, Times.modifiedAt(THEN), 3, 1);

    private Rehearsal() {}

    /** Ends the transaction without a trace. */
    private static final class TakenBack extends RuntimeException {
        private static final long serialVersionUID = 1;

        TakenBack() {
            super("rehearsed", null, false, false);
        }
    }

    static void run(Graph graph) {
        try {
            graph.writing(transaction -> {
                write(new OneTransaction(transaction, new ReentrantLock()));
                throw new TakenBack();
            });
        } catch (TakenBack e) {
            return;
        }
    }

    private static void write(Graph graph) {
        InventoryEmitter emitter = new InventoryEmitter(graph);
        List<InstalledPackage> packages = new ArrayList<>();
        for (int directory = 0; directory < DIRECTORIES; directory++) {
            packages.add(installed(directory));
        }
        Digest root;
        try (RunWriter writer = emitter.run()) {
            writer.packages(packages);
            OwnedPaths owners = writer.guest(packages);
            TreeBuilder builder = new TreeBuilder(writer);
            for (Entry entry : entries()) {
                builder.add(entry);
                owners.offer(entry.path(), entry);
            }
            root = builder.finish();
            writer.finish();
        }
        RootedPart part = new RootedPart(
                new Volume.Part(
                        new Partition(1, 0, 1, Optional.empty(), Optional.of(NAME), Optional.empty(), false),
                        Optional.of(new FileSystem(
                                "ext4",
                                Optional.of(NAME),
                                Optional.empty(),
                                Optional.of(THEN),
                                1,
                                Optional.of(1L),
                                NAME)),
                        Optional.of(root)),
                Optional.of(DIRECTORY));
        List<List<RootedPart>> parts = List.of(List.of(part));
        Inventory inventory = Emission.named(
                new Inventory(
                        Digest.EMPTY,
                        Level.FULL,
                        List.of(new Volume(0, 1, "gpt", List.of(part.part()))),
                        List.of(new OperatingSystem(
                                NAME, Optional.of("1"), Optional.empty(), Optional.empty(), Optional.empty())),
                        packages,
                        List.of(new Observation(NAME, Observation.Severity.NOTE, NAME, NAME, Optional.empty(), NAME)),
                        Optional.of(Digest.EMPTY),
                        Inventory.Counts.NONE,
                        List.of(NAME),
                        facts(),
                        List.of(new Mount(0, GuestPath.ROOT, 0, 1))),
                parts);
        Path location = Path.of("/", NAME, NAME + ".raw");
        emitter.commit(new Emission(
                new ImageFacts(location, "raw", 1, 1, THEN, List.of(), 0),
                inventory,
                parts,
                Optional.empty(),
                THEN,
                "{}",
                List.of(new HeldRole(NAME, NAME, List.of()))));
    }

    private static InstalledPackage installed(int directory) {
        List<InstalledPackage.OwnedPath> owned = new ArrayList<>();
        for (int file = 0; file < FILES; file++) {
            owned.add(new InstalledPackage.OwnedPath(path(directory, file), Optional.empty(), false));
        }
        return new InstalledPackage(
                "pkg:generic/" + NAME + "@" + directory,
                "generic",
                NAME,
                String.valueOf(directory),
                "all",
                "installed",
                false,
                Optional.empty(),
                Optional.empty(),
                owned);
    }

    /** Directories of files with a link each, in the order of a walk. */
    private static List<Entry> entries() {
        List<Entry> entries = new ArrayList<>();
        entries.add(new Entry(GuestPath.ROOT, DIRECTORY, new Payload.Directory()));
        for (int directory = 0; directory < DIRECTORIES; directory++) {
            GuestPath path = path(directory, 0).parent();
            entries.add(new Entry(path, DIRECTORY, new Payload.Directory()));
            for (int file = 0; file < FILES; file++) {
                GuestPath at = path(directory, file);
                Digest content = Digest.sha256((NAME + at.escaped()).getBytes(StandardCharsets.UTF_8));
                entries.add(new Entry(at, FILE, new Payload.File(1, Optional.of(content))));
            }
            entries.add(new Entry(
                    path.child(GuestName.ofText("link")), FILE, new Payload.Link(GuestName.ofText(NAME + directory))));
        }
        return entries;
    }

    private static GuestPath path(int directory, int file) {
        return GuestPath.ROOT
                .child(GuestName.ofText("%s-%03d".formatted(NAME, directory)))
                .child(GuestName.ofText("%03d".formatted(file)));
    }

    /** One of each kind that nearly every guest has. */
    private static List<GuestFact> facts() {
        return List.of(
                new GuestFact.BootSetup(
                        List.of(NAME),
                        List.of(),
                        List.of(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty()),
                new GuestFact.Kernel(NAME, NAME, Optional.empty()),
                new GuestFact.EnabledService(NAME, "service", List.of()),
                new GuestFact.ScheduledJob("cron", NAME, Optional.empty(), Optional.empty(), NAME),
                new GuestFact.HostIdentity(
                        Optional.of(NAME), Optional.empty(), "absent", Optional.empty(), Optional.empty()),
                new GuestFact.Account(NAME, 0, 0, "/", NAME, "locked"),
                new GuestFact.AccountGroup(NAME, 0, List.of()),
                new GuestFact.NetworkInterface(NAME, "dhcp", List.of(), NAME, NAME));
    }
}

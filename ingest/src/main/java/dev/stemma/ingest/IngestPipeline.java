package dev.stemma.ingest;

import dev.stemma.graph.id.Digest;
import dev.stemma.graph.model.Attributes;
import dev.stemma.graph.model.Entry;
import dev.stemma.graph.model.Inventory;
import dev.stemma.graph.model.Level;
import dev.stemma.graph.model.Observation;
import dev.stemma.graph.model.Observation.Severity;
import dev.stemma.graph.model.Payload;
import dev.stemma.graph.model.Volume;
import dev.stemma.graph.store.Graph;
import dev.stemma.graph.tree.TreeBuilder;
import dev.stemma.ingest.analyze.boot.BootMedium;
import dev.stemma.ingest.analyze.role.RoleRules;
import dev.stemma.ingest.emit.Emission;
import dev.stemma.ingest.emit.InventoryEmitter;
import dev.stemma.ingest.emit.RootedPart;
import dev.stemma.ingest.filesystem.FileSystemReader;
import dev.stemma.ingest.image.ImageOpener;
import dev.stemma.ingest.image.OpenImage;
import dev.stemma.ingest.manifest.ManifestLine;
import dev.stemma.ingest.manifest.ManifestStore;
import dev.stemma.ingest.manifest.ManifestWriter;
import dev.stemma.ingest.problem.Budget;
import dev.stemma.ingest.problem.ImageProblem;
import dev.stemma.ingest.problem.Origin;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * From a disk image to an inventory in the graph: open image, partitions, file systems, walk, hash, manifest, Merkle tree,
 * analyze, commit. Safe for use by several threads; each call is a run of its own.
 */
public final class IngestPipeline {

    private final ManifestStore manifests;
    private final InventoryEmitter emitter;

    public IngestPipeline(Graph graph, ManifestStore manifests) {
        this.manifests = manifests;
        this.emitter = new InventoryEmitter(graph);
    }

    /**
     * Indexes one image.
     *
     * @param budget ends the run when its time is over or it is cancelled; nothing of the run is visible then
     * @throws ImageProblem when nothing could be learnt, or the run was ended
     * @throws dev.stemma.graph.store.GraphException when the graph does not take it
     * @throws UncheckedIOException when the manifest cannot be stored
     */
    public IngestOutcome run(IngestRequest request, ProgressListener listener, Budget budget) throws ImageProblem {
        Origin origin = Origin.of(String.valueOf(request.image().getFileName()));
        Meter meter = new Meter(listener, budget, origin);
        meter.enter(Stage.OPENING);
        try (OpenImage image = ImageOpener.open(request.image(), request.rules(), budget)) {
            Optional<IngestOutcome> kept = new FullInventory(emitter).keep(request, image.facts(), meter);
            return kept.isPresent() ? kept.get() : new Run(request, image, meter, budget).index();
        }
    }

    /** What one run knows so far. */
    private final class Run {
        private final Instant startedAt = Instant.now();
        private final IngestRequest request;
        private final OpenImage image;
        private final Meter meter;
        private final Budget budget;
        private final ObservationLog log;
        private final InventoryEmitter.Size before = emitter.size();
        private long entries;
        private long files;
        private long fileBytes;

        Run(IngestRequest request, OpenImage image, Meter meter, Budget budget) {
            this.request = request;
            this.image = image;
            this.meter = meter;
            this.budget = budget;
            this.log = new ObservationLog(image.bytes().origin());
        }

        IngestOutcome index() throws ImageProblem {
            meter.enter(Stage.PROBING);
            try (Disk disk = Disk.probe(image.bytes(), budget, log)) {
                disk.readers()
                        .forEach(reader ->
                                meter.expect(reader.facts().usedBytes().orElse(0L)));
                Contents contents = request.level() == Level.FULL ? read(disk) : Contents.unread(disk);
                return commit(disk, contents);
            } catch (IOException e) {
                throw new UncheckedIOException("the manifest could not be stored", e);
            }
        }

        /** Every entry into the manifest and the Merkle graph, file system after file system. */
        private Contents read(Disk disk) throws ImageProblem, IOException {
            meter.enter(Stage.READING);
            List<RootedPart> parts = new ArrayList<>();
            try (ManifestWriter manifest = manifests.create();
                    InventoryEmitter.TreeSink tree = emitter.tree()) {
                for (Disk.Part part : disk.parts()) {
                    parts.add(read(part, manifest, tree));
                }
                tree.flush();
                return new Contents(parts, Optional.of(manifest.finish()));
            }
        }

        private RootedPart read(Disk.Part part, ManifestWriter manifest, InventoryEmitter.TreeSink tree)
                throws ImageProblem, IOException {
            if (part.reader().isEmpty()) {
                return Contents.unread(part);
            }
            FileSystemReader reader = part.reader().get();
            manifest.section(new ManifestLine.Section(
                    0,
                    part.partition().number(),
                    reader.facts().type(),
                    reader.facts().uuid(),
                    reader.facts().label()));
            TreeBuilder builder = new TreeBuilder(tree);
            List<Attributes> root = new ArrayList<>(1);
            try {
                reader.prepareFullWalk();
                new FileSystemPass(reader, budget, log, meter).run(request.threads(), entry -> {
                    if (entry.path().depth() == 0) {
                        root.add(entry.attributes());
                    }
                    manifest.entry(entry);
                    builder.add(entry);
                    count(entry);
                });
            } catch (ImageProblem e) {
                Walk.requireGoingOn(e, budget, reader.origin());
                if (!root.isEmpty()) {
                    throw e;
                }
                // Not even its root: the file system is missing, and the rest of the disk goes on.
                log.add(e, Severity.MISSING, reader.name());
                return Contents.unread(part);
            }
            Digest id = builder.finish();
            return new RootedPart(
                    new Volume.Part(part.partition(), part.facts(), Optional.of(id)), Optional.of(root.getFirst()));
        }

        private void count(Entry entry) {
            entries++;
            if (entry.payload() instanceof Payload.File file) {
                files++;
                fileBytes += file.sizeBytes();
            }
        }

        private IngestOutcome commit(Disk disk, Contents contents) throws ImageProblem, IOException {
            meter.enter(Stage.ANALYZING);
            Guests guests = Guests.analyze(disk, request.level(), budget);
            log.addAll(guests.observations());
            disk.readers().forEach(reader -> log.addAll(reader.observations()));
            Volume volume = new Volume(
                    0,
                    disk.virtualBytes(),
                    disk.table(),
                    contents.parts().stream().map(RootedPart::part).toList());
            List<String> analyzers = new ArrayList<>(guests.analyzers());
            analyzers.add(ObservationLog.NAME);
            disk.readers().forEach(reader -> analyzers.add(reader.name()));
            BootMedium medium = BootMedium.of(
                    image.bytes(),
                    disk.table(),
                    disk.parts().stream().map(Disk.Part::partition).toList());
            Inventory inventory = Emission.named(
                    new Inventory(
                            Digest.EMPTY,
                            request.level(),
                            List.of(volume),
                            guests.operatingSystems(),
                            guests.packages(),
                            log.all(),
                            contents.manifest(),
                            new Inventory.Counts(entries, files, fileBytes),
                            analyzers,
                            medium.complete(guests.facts())),
                    List.of(contents.parts()));
            image.requireUnchanged();
            meter.enter(Stage.COMMITTING);
            emitter.packages(inventory.packages());
            if (contents.manifest().isPresent()) {
                guests.own(emitter, manifests, contents.manifest().get());
            }
            InventoryEmitter.Committed committed = emitter.commit(new Emission(
                    image.facts(),
                    inventory,
                    List.of(contents.parts()),
                    request.agent(),
                    startedAt,
                    "{\"level\":\"" + request.level().word() + "\"}",
                    RoleRules.SHIPPED.roles(inventory.packages(), inventory.facts())));
            return outcome(reading(disk, contents, inventory.observations()), inventory, committed);
        }

        private IngestOutcome outcome(
                IngestOutcome.Reading reading, Inventory inventory, InventoryEmitter.Committed committed) {
            InventoryEmitter.Size after = emitter.size();
            return new IngestOutcome(
                    committed.imageId(),
                    committed.imageName(),
                    inventory.id(),
                    inventory.level(),
                    committed.known(),
                    committed.current(),
                    reading,
                    inventory.counts(),
                    inventory.packages().size(),
                    Math.max(0, after.nodes() - before.nodes()),
                    Math.max(0, after.relationships() - before.relationships()),
                    inventory.observations(),
                    meter.finish());
        }
    }

    private static IngestOutcome.Reading reading(Disk disk, Contents contents, List<Observation> observations) {
        boolean nothing = contents.manifest().isPresent()
                ? contents.parts().stream().allMatch(part -> part.part().root().isEmpty())
                : disk.readers().isEmpty();
        boolean whole = observations.stream().allMatch(observation -> observation.severity() == Severity.NOTE);
        return nothing
                ? IngestOutcome.Reading.NOTHING
                : whole ? IngestOutcome.Reading.WHOLE : IngestOutcome.Reading.PARTIAL;
    }

    /**
     * What reading gave.
     *
     * @param parts in the order of the disk's
     * @param manifest full level only
     */
    private record Contents(List<RootedPart> parts, Optional<Digest> manifest) {

        static Contents unread(Disk disk) {
            return new Contents(disk.parts().stream().map(Contents::unread).toList(), Optional.empty());
        }

        static RootedPart unread(Disk.Part part) {
            return new RootedPart(new Volume.Part(part.partition(), part.facts(), Optional.empty()), Optional.empty());
        }
    }
}

package dev.stemma.ingest;

import dev.stemma.graph.id.Digest;
import dev.stemma.graph.model.Attributes;
import dev.stemma.graph.model.Checksum;
import dev.stemma.graph.model.Entry;
import dev.stemma.graph.model.Inventory;
import dev.stemma.graph.model.Level;
import dev.stemma.graph.model.Observation;
import dev.stemma.graph.model.Observation.Severity;
import dev.stemma.graph.model.Payload;
import dev.stemma.graph.model.Verification;
import dev.stemma.graph.model.Volume;
import dev.stemma.graph.store.Graph;
import dev.stemma.graph.tree.TreeBuilder;
import dev.stemma.ingest.analyze.Findings;
import dev.stemma.ingest.analyze.Spotters;
import dev.stemma.ingest.analyze.role.RoleRules;
import dev.stemma.ingest.analyze.software.SoftwareSearch;
import dev.stemma.ingest.emit.Emission;
import dev.stemma.ingest.emit.InventoryEmitter;
import dev.stemma.ingest.emit.RootedPart;
import dev.stemma.ingest.emit.RunWriter;
import dev.stemma.ingest.filesystem.FileSystemReader;
import dev.stemma.ingest.filesystem.Node;
import dev.stemma.ingest.image.ImageOpener;
import dev.stemma.ingest.image.OpenImage;
import dev.stemma.ingest.key.KeyFile;
import dev.stemma.ingest.key.VolumeKey;
import dev.stemma.ingest.manifest.ManifestLine;
import dev.stemma.ingest.manifest.ManifestStore;
import dev.stemma.ingest.manifest.ManifestWriter;
import dev.stemma.ingest.problem.Budget;
import dev.stemma.ingest.problem.ImageProblem;
import dev.stemma.ingest.problem.Origin;
import dev.stemma.ingest.reference.CheckIn;
import dev.stemma.ingest.seal.SealStore;
import dev.stemma.ingest.summary.SummarySearch;
import dev.stemma.ingest.text.TextStore;
import dev.stemma.ingest.verify.Verifier;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * From a disk image to an inventory in the graph: open image, partitions, file systems, analyze, walk, hash, manifest, Merkle tree
 * and owned paths, commit. Safe for use by several threads; each call is a run of its own.
 */
public final class IngestPipeline {

    private static final Logger LOG = LoggerFactory.getLogger(IngestPipeline.class);

    private final ManifestStore manifests;
    private final Optional<TextStore> texts;
    private final SealStore seals;
    private final InventoryEmitter emitter;

    /** Keeps no texts. */
    public IngestPipeline(Graph graph, ManifestStore manifests) {
        this(graph, manifests, Optional.empty());
    }

    /** Keeps the texts of configuration too. */
    public IngestPipeline(Graph graph, ManifestStore manifests, TextStore texts) {
        this(graph, manifests, Optional.of(texts));
    }

    private IngestPipeline(Graph graph, ManifestStore manifests, Optional<TextStore> texts) {
        this.manifests = manifests;
        this.texts = texts;
        this.seals = new SealStore(manifests.seals());
        this.emitter = new InventoryEmitter(graph);
    }

    /**
     * Indexes one image.
     *
     * @param budget ends the run when its time is over or it is cancelled; until the inventory is committed nothing of the run is visible then
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
            return kept.isPresent() ? kept.get() : index(request, image, meter, budget);
        }
    }

    /** Makes ready for the first run, without which it takes longer; see {@link InventoryEmitter#rehearse}. */
    public void rehearse() {
        emitter.rehearse();
    }

    /** Reads what no indexed parent tells of; all of it where there is none, or where it turns out to be another. */
    private IngestOutcome index(IngestRequest request, OpenImage image, Meter meter, Budget budget)
            throws ImageProblem {
        Optional<ParentImage> parent = request.readAll() || request.level() != Level.FULL
                ? Optional.empty()
                : ParentImage.find(image, seals, manifests, budget);
        if (parent.isPresent()) {
            try (ParentImage known = parent.get()) {
                Optional<IngestOutcome> outcome = new Run(request, image, meter, budget, parent).index();
                if (outcome.isPresent()) {
                    return outcome.get();
                }
                LOG.warn("{} is not what was indexed; all of {} is read", known.location(), image.origin());
                seals.remove(known.location());
                meter.again();
            } catch (IOException e) {
                throw new UncheckedIOException("a seal that does not hold could not be removed", e);
            }
        }
        return new Run(request, image, meter, budget, Optional.empty()).index().orElseThrow();
    }

    /** What one run knows so far. */
    private final class Run {
        private final Instant startedAt = Instant.now();
        private final IngestRequest request;
        private final OpenImage image;
        private final Meter meter;
        private final Budget budget;
        private final Optional<ParentImage> parent;
        private final ObservationLog log;
        private final InventoryEmitter.Size before = emitter.size();
        private final SoftwareSearch software = new SoftwareSearch(Spotters.ALL);
        private final SummarySearch programs = new SummarySearch();
        private long entries;
        private long files;
        private long fileBytes;

        Run(IngestRequest request, OpenImage image, Meter meter, Budget budget, Optional<ParentImage> parent) {
            this.request = request;
            this.image = image;
            this.meter = meter;
            this.budget = budget;
            this.parent = parent;
            this.log = new ObservationLog(image.origin());
        }

        /** Empty, and nothing visible, when the parent is not what was indexed. */
        Optional<IngestOutcome> index() throws ImageProblem {
            meter.enter(Stage.PROBING);
            List<VolumeKey> keys = KeyFile.read(request.keyFiles(), request.rules());
            try (Disks disks = Disks.probe(image, keys, budget, log);
                    RunWriter writer = emitter.run();
                    Keeping keeping = Keeping.of(request, image, meter)) {
                disks.readers()
                        .forEach(reader ->
                                meter.expect(reader.facts().usedBytes().orElse(0L)));
                meter.enter(Stage.ANALYZING);
                Guests guests = Guests.analyze(disks, request.level(), budget);
                writer.packages(guests.packages());
                boolean full = request.level() == Level.FULL;
                Guests.Owners owners = full ? guests.owners(writer, new KnownPackages(emitter)) : Guests.Owners.NONE;
                Contents contents = full ? read(disks, owners, writer, keeping) : Contents.unread(disks);
                return contradicted()
                        ? Optional.empty()
                        : Optional.of(commit(disks, guests, contents, owners.verifiers(), writer, keeping));
            } catch (IOException e) {
                throw new UncheckedIOException("the manifest could not be stored", e);
            }
        }

        private boolean contradicted() throws ImageProblem {
            return parent.isPresent() && parent.get().contradicted();
        }

        /** Every entry into the manifest and the Merkle graph, and to the packages that own it, file system after file system. */
        private Contents read(Disks disks, Guests.Owners owners, RunWriter writer, Keeping keeping)
                throws ImageProblem, IOException {
            List<List<RootedPart>> volumes = new ArrayList<>();
            try (ManifestWriter manifest = manifests.create()) {
                for (Disk disk : disks.all()) {
                    meter.enter(Stage.READING);
                    Optional<CheckIn.DiskFiles> files = keeping.disk();
                    List<RootedPart> parts = new ArrayList<>();
                    for (Disk.Part part : disk.parts()) {
                        parts.add(read(volumes.size(), part, manifest, writer, owners, keeping, files));
                    }
                    keeping.end(files, image.volumes().get(volumes.size()));
                    volumes.add(parts);
                }
                // What is not true must not become a manifest.
                return new Contents(volumes, contradicted() ? Optional.empty() : Optional.of(manifest.finish()));
            }
        }

        private RootedPart read(
                int volume,
                Disk.Part part,
                ManifestWriter manifest,
                RunWriter writer,
                Guests.Owners owners,
                Keeping keeping,
                Optional<CheckIn.DiskFiles> files)
                throws ImageProblem, IOException {
            if (part.reader().isEmpty()) {
                return Contents.unread(part);
            }
            FileSystemReader reader = part.reader().get();
            manifest.section(new ManifestLine.Section(
                    volume,
                    part.partition().number(),
                    reader.facts().type(),
                    reader.facts().uuid(),
                    reader.facts().label()));
            TreeBuilder builder = new TreeBuilder(writer);
            List<Attributes> root = new ArrayList<>(1);
            try {
                reader.prepareFullWalk();
                KnownContents known = parent.map(
                                one -> one.contents(volume, part.partition().number()))
                        .orElse(KnownContents.NONE);
                new FileSystemPass(reader, budget, log, meter, known, path -> owners.wanted(reader, path), files)
                        .run(request.threads(), new FileSystemPass.EntrySink() {
                            @Override
                            public void accept(Entry entry, Node node, Optional<Checksum> second) throws IOException {
                                keeping.requireTaken();
                                software.offer(reader, entry, node);
                                programs.offer(reader, entry, node);
                                owners.offer(reader, entry, second);
                                accept(entry);
                            }

                            @Override
                            public void accept(Entry entry) throws IOException {
                                if (entry.path().depth() == 0) {
                                    root.add(entry.attributes());
                                }
                                manifest.entry(entry);
                                builder.add(entry);
                                count(entry);
                            }
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

        private IngestOutcome commit(
                Disks disks,
                Guests guests,
                Contents contents,
                List<Verifier> verifiers,
                RunWriter writer,
                Keeping keeping)
                throws ImageProblem, IOException {
            // Only a full walk meets what may lie anywhere; a basic inventory names no such analyzer, and so claims
            // nothing.
            Findings found = request.level() == Level.FULL
                    ? software.read(image.origin(), budget, guests::place)
                    : Findings.NONE;
            log.addAll(guests.observations());
            log.addAll(found.observations());
            disks.readers().forEach(reader -> log.addAll(reader.observations()));
            List<String> analyzers = new ArrayList<>(guests.analyzers());
            analyzers.addAll(found.analyzers());
            analyzers.add(ObservationLog.NAME);
            disks.readers().forEach(reader -> analyzers.add(reader.name()));
            Inventory inventory = Emission.named(
                    new Inventory(
                            Digest.EMPTY,
                            request.level(),
                            contents.volumes(disks),
                            guests.operatingSystems(),
                            Stream.concat(guests.packages().stream(), found.packages().stream())
                                    .toList(),
                            log.all(),
                            contents.manifest(),
                            new Inventory.Counts(entries, files, fileBytes),
                            analyzers,
                            disks.bootMedium(image).complete(guests.facts()),
                            guests.mounts()),
                    contents.parts());
            image.requireUnchanged();
            meter.enter(Stage.COMMITTING);
            writer.packages(found.packages());
            writer.finish();
            image.requireUnchanged();
            Optional<IngestOutcome.Kept> kept = keeping.finish();
            try (SideWork side = new SideWork(guests, emitter, verifiers, texts, programs, budget, request.threads())) {
                contents.manifest().ifPresent(_ -> side.start(inventory.id()));
                InventoryEmitter.Committed committed = emitter.commit(new Emission(
                        image.facts(),
                        inventory,
                        contents.parts(),
                        request.agent(),
                        startedAt,
                        "{\"level\":\"" + request.level().word() + "\"}",
                        RoleRules.SHIPPED.roles(inventory.packages(), inventory.facts())));
                contents.manifest().ifPresent(manifest -> ParentImage.seal(image, disks, manifest, seals));
                meter.enter(Stage.DERIVING);
                derive(side, inventory.id());
                return outcome(reading(disks, contents, inventory.observations()), inventory, committed, kept);
            } catch (ImageProblem | IOException | RuntimeException e) {
                keeping.forget(kept);
                throw e;
            }
        }

        /** What was read of a disk that changed meanwhile is not believed; the inventory, which was read before, is. */
        private void derive(SideWork side, Digest inventory) throws ImageProblem, IOException {
            Optional<Verification> verification = side.await();
            if (verification.isPresent()) {
                image.requireUnchanged();
                emitter.record(inventory, verification.get());
            }
        }

        private IngestOutcome outcome(
                IngestOutcome.Reading reading,
                Inventory inventory,
                InventoryEmitter.Committed committed,
                Optional<IngestOutcome.Kept> kept) {
            InventoryEmitter.Size after = emitter.size();
            return new IngestOutcome(
                    committed.imageId(),
                    committed.imageName(),
                    image.facts(),
                    inventory.id(),
                    inventory.level(),
                    committed.known(),
                    committed.current(),
                    reading,
                    inventory.counts(),
                    inventory.packagesPresent(),
                    Math.max(0, after.nodes() - before.nodes()),
                    Math.max(0, after.relationships() - before.relationships()),
                    parent.map(one -> meter.takenOver(one.location())),
                    kept,
                    inventory.observations(),
                    meter.finish());
        }
    }

    private static IngestOutcome.Reading reading(Disks disks, Contents contents, List<Observation> observations) {
        boolean nothing = contents.manifest().isPresent()
                ? contents.parts().stream()
                        .flatMap(List::stream)
                        .allMatch(part -> part.part().root().isEmpty())
                : disks.readers().isEmpty();
        boolean whole = observations.stream().allMatch(observation -> observation.severity() == Severity.NOTE);
        return nothing
                ? IngestOutcome.Reading.NOTHING
                : whole ? IngestOutcome.Reading.WHOLE : IngestOutcome.Reading.PARTIAL;
    }

    /**
     * What reading gave.
     *
     * @param parts of each disk, in its order
     * @param manifest full level only
     */
    private record Contents(List<List<RootedPart>> parts, Optional<Digest> manifest) {

        static Contents unread(Disks disks) {
            return new Contents(
                    disks.all().stream()
                            .map(disk ->
                                    disk.parts().stream().map(Contents::unread).toList())
                            .toList(),
                    Optional.empty());
        }

        List<Volume> volumes(Disks disks) {
            List<Volume> volumes = new ArrayList<>();
            for (List<RootedPart> rooted : parts) {
                volumes.add(disks.volume(
                        volumes.size(), rooted.stream().map(RootedPart::part).toList()));
            }
            return volumes;
        }

        static RootedPart unread(Disk.Part part) {
            return new RootedPart(new Volume.Part(part.partition(), part.facts(), Optional.empty()), Optional.empty());
        }
    }
}

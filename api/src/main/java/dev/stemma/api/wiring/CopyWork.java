package dev.stemma.api.wiring;

import dev.stemma.api.home.AllowedDirectories;
import dev.stemma.api.home.Targets;
import dev.stemma.api.job.CopyRequest;
import dev.stemma.api.job.Job;
import dev.stemma.api.job.JobProgress;
import dev.stemma.api.job.JobResult;
import dev.stemma.api.problem.ProblemCode;
import dev.stemma.graph.store.Graph;
import dev.stemma.ingest.emit.ImageFile;
import dev.stemma.ingest.image.ImageFacts;
import dev.stemma.ingest.image.ImageOpener;
import dev.stemma.ingest.image.ImageRules;
import dev.stemma.ingest.image.OpenImage;
import dev.stemma.ingest.problem.Budget;
import dev.stemma.ingest.problem.ImageProblem;
import dev.stemma.ingest.reference.Copies;
import dev.stemma.ingest.reference.FileCopy;
import dev.stemma.queries.inventory.ImageView;
import dev.stemma.queries.inventory.InventoryFacts;
import dev.stemma.queries.inventory.InventoryView;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/** Copies an image's file, and has the graph know whose copy it is. */
final class CopyWork {

    /** Formats that one file is all of, but for what it stands on. */
    private static final Set<String> SINGLE =
            Set.of("raw", "qcow2", "qcow", "qed", "vmdk", "vpc", "vhdx", "vdi", "ova");

    private static final byte[] VMDK_TEXT = "# Disk".getBytes(StandardCharsets.US_ASCII);

    private final IndexWork index;
    private final Copies copies;
    private final InventoryView view;
    private final AllowedDirectories directories;
    private final Targets places;

    CopyWork(IndexWork index, Graph graph, AllowedDirectories directories) {
        this.index = index;
        this.copies = new Copies(graph);
        this.view = new InventoryView(graph);
        this.directories = directories;
        this.places = new Targets(directories);
    }

    JobResult run(Job job, CopyRequest request, Budget budget, Consumer<JobProgress> progress)
            throws ImageProblem, IOException {
        Instant began = Instant.now();
        Optional<Copies.Copy> before = copies.made(job.id());
        if (before.isPresent()) {
            // The service ended between the copy and the word of it.
            return result(
                    before.get(),
                    request,
                    new FileCopy.Report(false, Files.size(Path.of(request.target()))),
                    false,
                    began);
        }
        Path source = source(request);
        Path target = places.place(Path.of(request.target()));
        ImageFacts facts = facts(source, request.format(), budget);
        boolean there = Files.exists(target, LinkOption.NOFOLLOW_LINKS);
        FileCopy.Report report = there ? whole(source, target) : copied(source, target, budget, progress);
        ImageFacts made = made(target, request.format(), facts, budget, !there);
        Optional<String> inventory = inventory(request.image(), facts);
        Copies.Copy copy = copies.copied(
                new Copies.Source(request.image(), inventory, job.id(), request.agent(), request.message(), began),
                ImageFile.of(made));
        index.changed();
        return result(copy, request, report, inventory.isPresent(), began);
    }

    private static JobResult result(
            Copies.Copy copy, CopyRequest request, FileCopy.Report report, boolean indexed, Instant began) {
        return new JobResult.Copied(
                copy.imageId(),
                copy.name(),
                copy.branch().orElse(null),
                request.target(),
                report.bytes(),
                report.shared(),
                indexed,
                Duration.between(began, Instant.now()).toMillis());
    }

    /** What may be read, and is one file. */
    private Path source(CopyRequest request) throws IOException {
        Path file = Path.of(request.source());
        if (!Files.exists(file)) {
            throw ProblemCode.NOT_FOUND.because("there is no file " + file);
        }
        Path real = file.toRealPath();
        if (!directories.allows(real)) {
            throw ProblemCode.PATH_NOT_ALLOWED.because(real + " lies outside the allowed directories");
        }
        boolean single = SINGLE.contains(request.format()) && Files.isRegularFile(real);
        if (!single || (request.format().equals("vmdk") && text(real))) {
            throw ProblemCode.NO_SINGLE_FILE.because(
                    real + " is a " + request.format() + " image that consists of several files",
                    "Check it in and out again, or convert it to a format of one file.");
        }
        return real;
    }

    /** Whether a VMDK is a descriptor that names its extents, which are other files. */
    private static boolean text(Path file) throws IOException {
        try (var in = Files.newInputStream(file)) {
            return Arrays.equals(in.readNBytes(VMDK_TEXT.length), VMDK_TEXT);
        }
    }

    /** A run that was ended by a crash may have come as far as the file; what else is there is left alone. */
    private static FileCopy.Report whole(Path source, Path target) throws IOException {
        if (!Files.isRegularFile(target, LinkOption.NOFOLLOW_LINKS) || Files.mismatch(source, target) >= 0) {
            throw ProblemCode.TARGET_EXISTS.because(target + " is there already", "Name another target.");
        }
        return new FileCopy.Report(false, Files.size(target));
    }

    private static FileCopy.Report copied(Path source, Path target, Budget budget, Consumer<JobProgress> progress)
            throws ImageProblem, IOException {
        long whole = Files.size(source);
        long began = System.nanoTime();
        try {
            FileCopy.Report report = new FileCopy(budget)
                    .copy(
                            source,
                            target,
                            done -> progress.accept(Rate.progress(target.toString(), "writing", done, whole, began)));
            try (FileChannel directory = FileChannel.open(target.resolveSibling("."), StandardOpenOption.READ)) {
                directory.force(true);
            }
            return report;
        } catch (FileAlreadyExistsException e) {
            throw e;
        } catch (IOException e) {
            throw MadeFiles.unwritable(target.toString(), e);
        }
    }

    /** The copy must stand on what the image stands on; one that names it by a way from its own directory may not. */
    private ImageFacts made(Path target, String format, ImageFacts source, Budget budget, boolean fresh)
            throws ImageProblem, IOException {
        try {
            ImageFacts made = facts(target, format, budget);
            if (!made.backing().stream()
                    .map(ImageFacts.BackingFile::location)
                    .toList()
                    .equals(source.backing().stream()
                            .map(ImageFacts.BackingFile::location)
                            .toList())) {
                throw ProblemCode.NO_SINGLE_FILE.because(
                        "a copy at " + target + " would stand on another file than " + source.location(),
                        "Copy it to the same directory, or let its header name what it stands on by an absolute path.");
            }
            return made;
        } catch (ImageProblem | RuntimeException e) {
            if (fresh) {
                Files.deleteIfExists(target);
            }
            throw e;
        }
    }

    /** What was copied, if it is still what was indexed last. */
    private Optional<String> inventory(String imageId, ImageFacts facts) {
        ImageView known = view.show(imageId);
        boolean same =
                known.image().modifiedAt().filter(facts.modifiedAt()::equals).isPresent();
        return same ? known.inventory().map(InventoryFacts::id) : Optional.empty();
    }

    private ImageFacts facts(Path file, String format, Budget budget) throws ImageProblem {
        ImageRules rules = index.rules(file.toString());
        try (OpenImage open = ImageOpener.open(file, format.equals("raw") ? rules.withFormat("raw") : rules, budget)) {
            return open.facts();
        }
    }
}

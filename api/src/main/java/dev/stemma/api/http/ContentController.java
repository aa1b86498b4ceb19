package dev.stemma.api.http;

import dev.stemma.api.home.AllowedDirectories;
import dev.stemma.api.home.Home;
import dev.stemma.api.problem.ProblemCode;
import dev.stemma.api.security.Role;
import dev.stemma.api.wiring.ReferenceStore;
import dev.stemma.graph.id.ImageId;
import dev.stemma.graph.model.GuestPath;
import dev.stemma.graph.store.Graph;
import dev.stemma.ingest.ContentBrowser;
import dev.stemma.ingest.content.ContentStore;
import dev.stemma.ingest.content.ImageManifest;
import dev.stemma.ingest.image.ImageRules;
import dev.stemma.ingest.problem.Budget;
import dev.stemma.ingest.problem.ImageProblem;
import dev.stemma.ingest.problem.Origin;
import dev.stemma.ingest.reference.Branches;
import dev.stemma.ingest.reference.StoredDisk;
import dev.stemma.ingest.reference.Version;
import dev.stemma.queries.inventory.InventoryView;
import dev.stemma.queries.inventory.References;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Produces;
import io.micronaut.http.annotation.QueryValue;
import io.micronaut.http.server.types.files.StreamedFile;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.micronaut.security.annotation.Secured;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * The content of one file of an image, read from the disk as it is now, or of a version as it was checked in. It goes through a file of the service's own first, so
 * that a disk that turns out to be unreadable half-way is a problem and not a short answer, and memory stays small.
 */
@Controller("/api/v1/images")
@Secured(Role.Word.VIEWER)
@ExecuteOn(TaskExecutors.BLOCKING)
@Tag(name = "images")
final class ContentController {

    private static final long MAX_BYTES = 4L << 30;
    private static final Duration TIME = Duration.ofMinutes(5);

    private final References references;
    private final InventoryView view;
    private final AllowedDirectories directories;
    private final Home home;
    private final ReferenceStore store;
    private final Branches branches;

    ContentController(
            References references,
            InventoryView view,
            AllowedDirectories directories,
            Home home,
            ReferenceStore store,
            Graph graph) {
        this.references = references;
        this.view = view;
        this.directories = directories;
        this.home = home;
        this.store = store;
        this.branches = new Branches(graph);
    }

    @Get("/{ref}/content")
    @Produces(MediaType.APPLICATION_OCTET_STREAM)
    @Operation(summary = "The bytes of a file of it, links followed inside the guest; at most 4 GiB")
    HttpResponse<StreamedFile> content(String ref, @QueryValue String path, @QueryValue @Nullable String fileSystem)
            throws ImageProblem, IOException {
        GuestPath wanted = GuestPaths.parse(path);
        OptionalInt partition = fileSystem == null ? OptionalInt.empty() : OptionalInt.of(partition(fileSystem));
        String location = view.show(references.require(ref).imageId()).image().location();
        Path copy = Files.createTempFile(home.root(), "content", null);
        try {
            try (ContentBrowser browser = open(location, partition);
                    OutputStream out = new BufferedOutputStream(Files.newOutputStream(copy), 1 << 16)) {
                if (!browser.cat(wanted, out, MAX_BYTES)) {
                    throw ProblemCode.NOT_FOUND.because("no file lies at " + wanted.escaped() + " in that image");
                }
            }
            long length = Files.size(copy);
            InputStream in = Files.newInputStream(copy, StandardOpenOption.DELETE_ON_CLOSE);
            return HttpResponse.ok(new StreamedFile(in, MediaType.APPLICATION_OCTET_STREAM_TYPE, 0, length));
        } catch (ImageProblem | IOException | RuntimeException e) {
            Files.deleteIfExists(copy);
            throw e;
        }
    }

    /** A file where it lies; a version in the content store, as it was checked in. */
    private ContentBrowser open(String location, OptionalInt partition) throws ImageProblem, IOException {
        Budget budget = Budget.of(TIME);
        if (!location.startsWith("stemma:")) {
            ImageRules rules = new ImageRules(directories.list(), Optional.empty());
            return ContentBrowser.open(Path.of(location), rules, partition, budget);
        }
        Version version = branches.requireUsable(ImageId.of(location));
        ContentStore content = store.get();
        List<StoredDisk> disks = new ArrayList<>();
        for (ImageManifest.Disk disk : content.roots().read(version.content()).disks()) {
            disks.add(StoredDisk.open(content, disk, Origin.of(version.reference())));
        }
        return ContentBrowser.open(disks, Origin.of(version.reference()), partition, budget);
    }

    /** The partition of a selector like {@code 0:1}. */
    static int partition(String selector) {
        if (!selector.matches("[0-9]{1,3}:[0-9]{1,4}")) {
            throw ProblemCode.BAD_REQUEST.because("a file system is named like 0:1, volume and partition");
        }
        return Integer.parseInt(selector.substring(selector.indexOf(':') + 1));
    }
}

package dev.stemma.api.http;

import dev.stemma.api.home.AllowedDirectories;
import dev.stemma.api.home.Targets;
import dev.stemma.api.job.CheckInRequest;
import dev.stemma.api.job.CopyRequest;
import dev.stemma.api.job.Job;
import dev.stemma.api.job.JobQueue;
import dev.stemma.api.problem.ProblemCode;
import dev.stemma.api.security.Role;
import dev.stemma.graph.store.Graph;
import dev.stemma.ingest.reference.ChainChoice;
import dev.stemma.ingest.reference.ChainName;
import dev.stemma.ingest.reference.Machine;
import dev.stemma.ingest.reference.Machines;
import dev.stemma.ingest.reference.VersionChains;
import dev.stemma.queries.inventory.ImageFacts;
import dev.stemma.queries.inventory.InventoryView;
import dev.stemma.queries.inventory.References;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Post;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.micronaut.security.annotation.Secured;
import io.micronaut.security.authentication.Authentication;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Copies of images, and captures of machines. */
@Controller("/api/v1")
@Secured(Role.Word.LIBRARIAN)
@ExecuteOn(TaskExecutors.BLOCKING)
@Tag(name = "machines")
final class CopyController {

    private final JobQueue jobs;
    private final References references;
    private final InventoryView view;
    private final Targets targets;
    private final VersionChains chains;
    private final Machines machines;

    CopyController(
            JobQueue jobs, References references, InventoryView view, AllowedDirectories directories, Graph graph) {
        this.jobs = jobs;
        this.references = references;
        this.view = view;
        this.targets = new Targets(directories);
        this.chains = new VersionChains(graph);
        this.machines = new Machines(graph);
    }

    /**
     * What to copy.
     *
     * @param image a reference to an image whose file lies on the service's host
     * @param target absolute path there, in an allowed directory, where nothing is yet
     * @param message why
     * @param timeLimitSeconds four hours by default
     */
    record Copy(
            @Nullable String image,
            @Nullable String target,
            @Nullable String message,
            @Nullable Long timeLimitSeconds) {}

    @Post("/copies")
    @Operation(summary = "Copy an image's file, and record whose copy it is; answered once the job is on disk")
    HttpResponse<Job> copy(@Body Copy wanted, Authentication user) throws IOException {
        ImageFacts image = view.show(references
                        .require(Bodies.required(wanted.image(), "image"))
                        .imageId())
                .image();
        // What stands there in place of a path ends with the path that another file has taken.
        if (image.location().startsWith("replaced:")) {
            throw ProblemCode.NO_SINGLE_FILE.because(
                    "the file of " + image.name() + " is there no more: another lies in its place, " + image.location(),
                    "Copy the image that lies there now, or check a version out.");
        }
        if (!image.location().startsWith("/")) {
            throw ProblemCode.NO_SINGLE_FILE.because(
                    image.name() + " has no file: " + image.location(), "A version is checked out: stemma checkout");
        }
        String target = targets.require(Path.of(Bodies.required(wanted.target(), "target")))
                .toString();
        return Submission.accepted(
                jobs,
                new CopyRequest(
                        image.id(),
                        image.location(),
                        image.format().orElse("raw"),
                        target,
                        wanted.message() == null ? "" : wanted.message(),
                        Submission.limit(wanted.timeLimitSeconds()),
                        user.getName()));
    }

    /**
     * What was captured.
     *
     * @param machine a reference to the machine
     * @param image absolute path on the service's host of a file that was taken of its disk, or a reference to an image whose file lies there
     * @param chain name of the chain on whose end it goes; without it and {@code newChain} that of what the machine runs
     * @param newChain name of a chain that it begins
     * @param message why
     * @param timeLimitSeconds four hours by default
     * @param keyFiles as of an index run
     */
    record Capture(
            @Nullable String machine,
            @Nullable String image,
            @Nullable String chain,
            @Nullable String newChain,
            @Nullable String message,
            @Nullable Long timeLimitSeconds,
            @Nullable List<String> keyFiles) {}

    @Post("/captures")
    @Operation(
            summary =
                    "Check in an image that was captured of a machine: it derives from what the machine runs, or ran last; answered once the job is on disk")
    HttpResponse<Job> capture(@Body Capture wanted, Authentication user) {
        if (wanted.chain() != null && wanted.newChain() != null) {
            throw ProblemCode.BAD_REQUEST.because("a version goes on one chain: say chain or newChain");
        }
        Machine machine =
                machines.require(MachineController.require(references, Bodies.required(wanted.machine(), "machine")));
        String location = location(Bodies.required(wanted.image(), "image"));
        Optional<ChainChoice.End> end = Optional.empty();
        if (wanted.newChain() != null) {
            ChainName name = new ChainName(wanted.newChain());
            chains.requireFree(name);
            end = Optional.of(new ChainChoice.End(name, 0));
        } else if (wanted.chain() != null) {
            end = Optional.of(chains.end(new ChainName(wanted.chain())));
        } else {
            end = chains.own(machine.imageLocation());
        }
        return Submission.accepted(
                jobs,
                new CheckInRequest(
                        location,
                        end.map(own -> own.name().text()).orElse(null),
                        end.map(ChainChoice.End::last).orElse(null),
                        Bodies.required(wanted.message(), "message"),
                        Submission.limit(wanted.timeLimitSeconds()),
                        user.getName(),
                        wanted.keyFiles(),
                        machine.id()));
    }

    private String location(String image) {
        if (image.startsWith("/")) {
            return image;
        }
        String location = view.show(references.require(image).imageId()).image().location();
        if (!location.startsWith("/")) {
            throw ProblemCode.BAD_REQUEST.because(image + " has no file that could have been captured: " + location);
        }
        return location;
    }
}

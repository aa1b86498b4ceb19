package dev.stemma.api.http;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.stemma.api.home.AllowedDirectories;
import dev.stemma.api.home.Targets;
import dev.stemma.api.job.CheckInRequest;
import dev.stemma.api.job.CheckOutRequest;
import dev.stemma.api.job.Job;
import dev.stemma.api.job.JobQueue;
import dev.stemma.api.problem.ProblemCode;
import dev.stemma.api.security.Role;
import dev.stemma.graph.store.Graph;
import dev.stemma.ingest.reference.Branches;
import dev.stemma.ingest.reference.ChainChoice;
import dev.stemma.ingest.reference.ChainName;
import dev.stemma.ingest.reference.DiskImageFormat;
import dev.stemma.ingest.reference.OvaCheckOut;
import dev.stemma.ingest.reference.Version;
import dev.stemma.ingest.reference.VersionChains;
import dev.stemma.ingest.reference.VersionState;
import dev.stemma.ingest.reference.VersionStates;
import dev.stemma.queries.inventory.InventoryView;
import dev.stemma.queries.inventory.References;
import dev.stemma.queries.lineage.Warning;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Post;
import io.micronaut.http.annotation.Put;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.micronaut.security.annotation.Secured;
import io.micronaut.security.authentication.Authentication;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Versions: how they come to be, are taken out, and change their states and places. What is checked in is never changed by any of it. */
@Controller("/api/v1")
@Secured(Role.Word.LIBRARIAN)
@ExecuteOn(TaskExecutors.BLOCKING)
@Tag(name = "reference repository")
final class ReferenceController {

    private final JobQueue jobs;
    private final References references;
    private final InventoryView view;
    private final AllowedDirectories directories;
    private final Targets targets;
    private final VersionChains chains;
    private final VersionStates states;
    private final Branches branches;

    ReferenceController(
            JobQueue jobs, References references, InventoryView view, AllowedDirectories directories, Graph graph) {
        this.jobs = jobs;
        this.references = references;
        this.view = view;
        this.directories = directories;
        this.targets = new Targets(directories);
        this.chains = new VersionChains(graph);
        this.states = new VersionStates(graph);
        this.branches = new Branches(graph);
    }

    /**
     * What to check in.
     *
     * @param image absolute path on the service's host, or a reference to an image whose file lies there
     * @param chain name of the chain on whose end it goes; without it and {@code newChain} the image's own
     * @param newChain name of a chain that it begins
     * @param message why
     * @param timeLimitSeconds four hours by default
     * @param keyFiles as of an index run
     * @param allow directories to add to the allowed ones, for good; administrators only
     */
    record CheckIn(
            @Nullable String image,
            @Nullable String chain,
            @Nullable String newChain,
            @Nullable String message,
            @Nullable Long timeLimitSeconds,
            @Nullable List<String> keyFiles,
            @Nullable List<String> allow) {}

    @Post("/checkins")
    @Operation(
            summary =
                    "Check an image in: index it in full, keep it bit for bit, and make it a version; answered once the job is on disk")
    HttpResponse<Job> checkIn(@Body CheckIn wanted, Authentication user) {
        if (wanted.chain() != null && wanted.newChain() != null) {
            throw ProblemCode.BAD_REQUEST.because("a version goes on one chain: say chain or newChain");
        }
        Allowance allowance = Allowance.of(directories, wanted.allow(), user);
        String chain = wanted.chain();
        Long last = null;
        if (chain != null) {
            last = chains.end(new ChainName(chain)).last();
        } else if (wanted.newChain() != null) {
            chain = wanted.newChain();
            last = 0L;
            chains.requireFree(new ChainName(chain));
        }
        String location = location(Bodies.required(wanted.image(), "image"));
        if (chain == null) {
            Optional<ChainChoice.End> own = chains.own(location);
            chain = own.map(end -> end.name().text()).orElse(null);
            last = own.map(ChainChoice.End::last).orElse(null);
        }
        String message = Bodies.required(wanted.message(), "message");
        allowance.give();
        return Submission.accepted(
                jobs,
                new CheckInRequest(
                        location,
                        chain,
                        last,
                        message,
                        Submission.limit(wanted.timeLimitSeconds()),
                        user.getName(),
                        wanted.keyFiles(),
                        null));
    }

    private String location(String image) {
        if (image.startsWith("/")) {
            return image;
        }
        String location = view.show(references.require(image).imageId()).image().location();
        if (!location.startsWith("/")) {
            throw ProblemCode.BAD_REQUEST.because(
                    location.startsWith("stemma:")
                            ? image + " is a version already"
                            : "the file of " + image + " is there no more: " + location);
        }
        return location;
    }

    /**
     * What to check out.
     *
     * @param version a reference to it
     * @param target absolute path on the service's host, in an allowed directory, where nothing is yet
     * @param format {@code raw}, {@code qcow2}, {@code qcow2-zstd}, {@code vmdk}, {@code vmdk-stream}, {@code vdi}, {@code vhdx}, {@code vpc}, {@code ova}; without it what the target ends in
     * @param seeds absolute paths of raw disks at the destination, from which is taken what they have
     * @param on absolute path of a version that was checked out, and that a qcow2 overlay is to stand on
     * @param timeLimitSeconds four hours by default
     */
    record CheckOut(
            @Nullable String version,
            @Nullable String target,
            @Nullable String format,
            @Nullable List<String> seeds,
            @Nullable String on,
            @Nullable Long timeLimitSeconds) {}

    @Post("/checkouts")
    @Operation(summary = "Check a version out to a file, which opens a branch; answered once the job is on disk")
    HttpResponse<Job> checkOut(@Body CheckOut wanted, Authentication user) throws IOException {
        Version version = branches.requireUsable(version(Bodies.required(wanted.version(), "version")));
        String target = targets.require(Path.of(Bodies.required(wanted.target(), "target")))
                .toString();
        String format = wanted.format() == null ? format(target, wanted.on() != null) : wanted.format();
        if (!format.equals("raw")
                && !format.equals(OvaCheckOut.FORMAT)
                && DiskImageFormat.find(format).isEmpty()) {
            throw ProblemCode.BAD_REQUEST.because(
                    "a format is raw, qcow2, qcow2-zstd, vmdk, vmdk-stream, vdi, vhdx, vpc or ova; not " + format);
        }
        return Submission.accepted(
                jobs,
                new CheckOutRequest(
                        version.imageId(),
                        version.reference(),
                        target,
                        format,
                        wanted.seeds() == null ? List.of() : wanted.seeds(),
                        wanted.on(),
                        Submission.limit(wanted.timeLimitSeconds()),
                        user.getName()));
    }

    /** What a file of that name is expected to be. */
    private static String format(String target, boolean overlay) {
        return overlay ? "qcow2" : TargetFormat.of(target).orElse("raw");
    }

    /**
     * What is to become of a version.
     *
     * @param state {@code active}, {@code deprecated}, {@code revoked} or {@code deleted}
     * @param reason why
     * @param force to delete it although something descends from it
     */
    record StateChange(
            @Nullable String state,
            @Nullable String reason,
            @Nullable Boolean force) {}

    @Post("/images/{ref}/state")
    @Operation(summary = "Deprecate, revoke, delete or restore a version; its bytes stay until garbage is collected")
    ChangedVersion state(String ref, @Body StateChange wanted, Authentication user) {
        return changed(states.change(
                version(ref),
                state(Bodies.required(wanted.state(), "state")),
                user.getName(),
                Bodies.required(wanted.reason(), "reason"),
                Boolean.TRUE.equals(wanted.force())));
    }

    private static VersionState state(String word) {
        try {
            return VersionState.valueOf(word.toUpperCase(Locale.ROOT));
        } catch (IllegalArgumentException e) {
            throw ProblemCode.BAD_REQUEST.because("a state is active, deprecated, revoked or deleted; not: " + word);
        }
    }

    /**
     * Where a version is to go.
     *
     * @param chain name of the chain
     * @param message why
     */
    record Move(@Nullable String chain, @Nullable String message) {}

    @Post("/images/{ref}/chain")
    @Operation(summary = "Move a version to the end of another chain; where it was stays known")
    ChangedVersion move(String ref, @Body Move wanted, Authentication user) {
        return changed(chains.move(
                version(ref),
                new ChainName(Bodies.required(wanted.chain(), "chain")),
                user.getName(),
                Bodies.required(wanted.message(), "message")));
    }

    /**
     * What a channel is to point to.
     *
     * @param version a reference to a version of its chain
     * @param message why
     */
    record Promotion(@Nullable String version, @Nullable String message) {}

    @Put("/chains/{chain}/channels/{channel}")
    @Operation(summary = "Have a channel point to a version of its chain; a channel that is not there yet comes to be")
    ChangedVersion promote(String chain, String channel, @Body Promotion wanted, Authentication user) {
        Version version = chains.require(version(Bodies.required(wanted.version(), "version")));
        if (!version.chain().equals(chain)) {
            throw ProblemCode.BAD_REQUEST.because(version.reference() + " is no version of " + chain);
        }
        return changed(states.promote(
                version.imageId(),
                ChainName.ofChannel(channel),
                user.getName(),
                Bodies.required(wanted.message(), "message")));
    }

    /**
     * A version as it is now.
     *
     * @param warnings what became of its ancestors: to be known before it is used
     */
    record ChangedVersion(@JsonUnwrapped Version version, List<Warning> warnings) {}

    private ChangedVersion changed(Version version) {
        return new ChangedVersion(version, view.show(version.imageId()).warnings());
    }

    private String version(String ref) {
        return references.require(ref).imageId();
    }
}

package dev.stemma.api.http;

import dev.stemma.api.problem.ProblemCode;
import dev.stemma.api.security.Role;
import dev.stemma.graph.store.Graph;
import dev.stemma.ingest.reference.Machine;
import dev.stemma.ingest.reference.MachineName;
import dev.stemma.ingest.reference.Machines;
import dev.stemma.queries.deployment.MachineFacts;
import dev.stemma.queries.deployment.MachineList;
import dev.stemma.queries.inventory.InventoryView;
import dev.stemma.queries.inventory.Reference;
import dev.stemma.queries.inventory.References;
import dev.stemma.queries.lineage.Warning;
import dev.stemma.queries.moment.AsOf;
import dev.stemma.queries.page.Page;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Post;
import io.micronaut.http.annotation.QueryValue;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.micronaut.security.annotation.Secured;
import io.micronaut.security.authentication.Authentication;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Machines: what runs where, as somebody tells of it. Nothing is started or stopped here. */
@Controller("/api/v1")
@Secured(Role.Word.VIEWER)
@ExecuteOn(TaskExecutors.BLOCKING)
@Tag(name = "machines")
final class MachineController {

    private final References references;
    private final MachineList list;
    private final InventoryView view;
    private final Machines machines;

    MachineController(References references, MachineList list, InventoryView view, Graph graph) {
        this.references = references;
        this.list = list;
        this.view = view;
        this.machines = new Machines(graph);
    }

    @Get("/machines")
    @Operation(summary = "All machines, by name; with at those that were known then, and what they ran")
    Page<MachineFacts> machines(
            @QueryValue @Nullable String at, @QueryValue @Nullable Integer limit, @QueryValue @Nullable String cursor) {
        return list.machines(Paging.of(limit, cursor), Moments.of(at));
    }

    @Get("/machines/{ref}")
    @Operation(
            summary =
                    "One machine, by its name, id or branch (web:1.2.3): what it runs and ran, and what was captured of it")
    MachineFacts machine(String ref, @QueryValue @Nullable String at) {
        Optional<AsOf> moment = Moments.of(at);
        return list.machine(require(references, ref), moment);
    }

    /**
     * The id of the machine that is meant.
     *
     * @throws dev.stemma.api.problem.ProblemException when there is none
     */
    static String require(References references, String ref) {
        return references
                .findMachine(ref)
                .map(Reference::imageId)
                .orElseThrow(() -> ProblemCode.NO_SUCH_MACHINE.because(
                        "no machine has the name or id " + ref,
                        "See: stemma machines. A machine is told of by: stemma deploy REF MACHINE"));
    }

    /**
     * What runs where.
     *
     * @param image a reference to a version, or to what was made of one, or to any image
     * @param machine name of the machine, known before or not
     * @param kind {@code virtual} or {@code physical}; virtual where nothing is said of a machine that is new
     * @param message why
     * @param force although the version is revoked or deleted
     */
    record Deployment(
            @Nullable String image,
            @Nullable String machine,
            @Nullable String kind,
            @Nullable String message,
            @Nullable Boolean force) {}

    /**
     * A deployment that is recorded.
     *
     * @param branch {@code web:1.2.3}; missing for an image that derives from no version
     * @param warnings what became of the ancestors of what was deployed
     */
    record Deployed(@Nullable String branch, MachineFacts machine, List<Warning> warnings) {}

    @Post("/deployments")
    @Secured(Role.Word.LIBRARIAN)
    @Operation(
            summary =
                    "Record that a machine runs an image, and what it ran before no more; of a version that opens a branch")
    HttpResponse<Deployed> deploy(@Body Deployment wanted, Authentication user) {
        String imageId =
                references.require(Bodies.required(wanted.image(), "image")).imageId();
        Machines.Deployment made = machines.deploy(
                new Machines.Wanted(
                        imageId,
                        new MachineName(Bodies.required(wanted.machine(), "machine")),
                        Optional.ofNullable(wanted.kind()).map(MachineController::kind),
                        wanted.message() == null ? "" : wanted.message(),
                        Boolean.TRUE.equals(wanted.force())),
                user.getName());
        return HttpResponse.<Deployed>created(URI.create("/api/v1/machines/" + made.machineId()))
                .body(new Deployed(
                        made.branch().orElse(null),
                        list.machine(made.machineId(), Optional.empty()),
                        view.show(imageId).warnings()));
    }

    private static Machine.Kind kind(String word) {
        try {
            return Machine.Kind.valueOf(word.toUpperCase(Locale.ROOT));
        } catch (IllegalArgumentException e) {
            throw ProblemCode.BAD_REQUEST.because("a machine is virtual or physical; not: " + word);
        }
    }

    /**
     * That a machine is no more.
     *
     * @param message why
     */
    record Retirement(@Nullable String message) {}

    @Post("/machines/{ref}/retirement")
    @Secured(Role.Word.LIBRARIAN)
    @Operation(summary = "Record that a machine is no more; what is known of it stays")
    MachineFacts retire(String ref, @Body Retirement wanted, Authentication user) {
        String id = require(references, ref);
        machines.retire(id, user.getName(), Bodies.required(wanted.message(), "message"));
        return list.machine(id, Optional.empty());
    }
}

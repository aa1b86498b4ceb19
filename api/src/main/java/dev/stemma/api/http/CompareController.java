package dev.stemma.api.http;

import dev.stemma.api.problem.ProblemCode;
import dev.stemma.api.security.Role;
import dev.stemma.queries.drift.DriftAnswer;
import dev.stemma.queries.drift.DriftFinder;
import dev.stemma.queries.drift.DriftOptions;
import dev.stemma.queries.drift.DriftOptions.Part;
import dev.stemma.queries.drift.fleet.DriftOverTime;
import dev.stemma.queries.drift.fleet.FleetDrift;
import dev.stemma.queries.drift.fleet.FleetFinder;
import dev.stemma.queries.drift.rules.DriftRules;
import dev.stemma.queries.inventory.InventoryView;
import dev.stemma.queries.inventory.Reference;
import dev.stemma.queries.inventory.References;
import dev.stemma.queries.moment.AsOf;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.QueryValue;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.micronaut.security.annotation.Secured;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Images held against one another: drift of one, over time, and of a fleet. */
@Controller("/api/v1")
@Secured(Role.Word.VIEWER)
@ExecuteOn(TaskExecutors.BLOCKING)
@Tag(name = "compare")
final class CompareController {

    private static final int USUAL_STEPS = 20;
    private static final int USUAL_MEMBERS = 20;

    private final References references;
    private final InventoryView inventories;
    private final DriftFinder drift;
    private final FleetFinder fleets;
    private final DriftRules rules;

    CompareController(
            References references, InventoryView inventories, DriftFinder drift, FleetFinder fleets, DriftRules rules) {
        this.references = references;
        this.inventories = inventories;
        this.drift = drift;
        this.fleets = fleets;
        this.rules = rules;
    }

    @Get("/drift")
    @Operation(
            summary = "What differs between two images",
            description =
                    "With from: from that image to this one. With since: from what the image held at that date or time. With neither: from the nearest image that it derives"
                            + " from; for a machine, from what it was deployed from to what was last captured of it. what is packages, files, system or several of them joined by"
                            + " commas, or configuration: files where configuration lies, as text diffs. noise: list what is noise too. at: a date or time, as of which"
                            + " all is what it was.")
    DriftAnswer drift(
            @QueryValue String image,
            @QueryValue @Nullable String from,
            @QueryValue @Nullable String since,
            @QueryValue @Nullable String what,
            @QueryValue @Nullable Boolean noise,
            @QueryValue @Nullable String at,
            @QueryValue @Nullable Integer limit,
            @QueryValue @Nullable String cursor) {
        DriftOptions options = new DriftOptions(parts(what), Boolean.TRUE.equals(noise), Paging.of(limit, cursor));
        Optional<AsOf> moment = Moments.of(at);
        if (from != null && since != null) {
            throw ProblemCode.BAD_REQUEST.because(
                    "from names another image and since an earlier moment: give one of them");
        }
        Reference to = from == null ? references.requireAny(image, moment) : references.require(image, moment);
        if (since != null) {
            return drift.driftSince(to, AsOf.parse(since), moment, options);
        }
        if (from != null) {
            return drift.drift(drift.then(references.require(from, moment), moment), drift.then(to, moment), options);
        }
        return to.machine()
                ? drift.driftOfMachine(to.imageId(), options, moment)
                : drift.driftFromBaseline(to.imageId(), options, moment);
    }

    private static Set<Part> parts(@Nullable String what) {
        if (what == null) {
            return EnumSet.of(Part.PACKAGES, Part.FILES, Part.SYSTEM);
        }
        Set<Part> parts = EnumSet.noneOf(Part.class);
        for (String word : what.split(",", -1)) {
            parts.add(Arrays.stream(Part.values())
                    .filter(part -> part.name().toLowerCase(Locale.ROOT).equals(word.strip()))
                    .findFirst()
                    .orElseThrow(() -> ProblemCode.BAD_REQUEST.because(
                            "what is packages, files, system or several of them joined by commas, or configuration; not: "
                                    + what)));
        }
        if (parts.contains(Part.CONFIGURATION) && parts.size() > 1) {
            throw ProblemCode.BAD_REQUEST.because("configuration is asked for by itself, not with others: " + what);
        }
        return parts;
    }

    @Get("/drift/over-time")
    @Operation(
            summary = "What became of one image, look by look, latest first",
            description = "limit: steps, 1 to " + DriftOverTime.MAX_STEPS + ", usually " + USUAL_STEPS + ".")
    DriftOverTime overTime(@QueryValue String image, @QueryValue @Nullable Integer limit) {
        return DriftOverTime.of(
                inventories,
                drift,
                references.require(image).imageId(),
                Objects.requireNonNullElse(limit, USUAL_STEPS));
    }

    @Get("/drift/fleet")
    @Operation(
            summary = "All that was made of an image, held against it",
            description = "limit: images, 1 to " + FleetFinder.MAX_MEMBERS + ", usually " + USUAL_MEMBERS + ".")
    FleetDrift fleet(
            @QueryValue String image, @QueryValue @Nullable Integer limit, @QueryValue @Nullable String cursor) {
        return fleets.fleet(
                references.require(image), Paging.of(Objects.requireNonNullElse(limit, USUAL_MEMBERS), cursor));
    }

    @Get(value = "/drift/rules", produces = "application/yaml")
    @Operation(summary = "The rules by which drift tells noise and ranks changes, as they are in force")
    String rules() {
        return rules.text();
    }
}

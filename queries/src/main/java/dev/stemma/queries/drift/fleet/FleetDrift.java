package dev.stemma.queries.drift.fleet;

import dev.stemma.queries.page.Page;
import java.util.List;
import java.util.Optional;

/**
 * What was made of a master, held against it.
 *
 * @param masterId the image that all are compared with
 * @param members a page of the images that derive from it and were indexed, its versions in the reference repository left out; by name
 * @param common changes that several of the members on this page have alike, most members first, at most {@value #MAX_COMMON}
 * @param unknown what of the fleet cannot be told: images that were never indexed, and machines of which nothing was captured; at most
 *     {@value #MAX_UNKNOWN}
 * @param notes bounds that were met
 */
public record FleetDrift(
        String masterId,
        String masterName,
        Page<Member> members,
        List<CommonChange> common,
        List<String> unknown,
        List<String> notes) {

    /** See {@link #common}. */
    public static final int MAX_COMMON = 50;

    /** See {@link #unknown}. */
    public static final int MAX_UNKNOWN = 200;

    public FleetDrift {
        common = List.copyOf(common);
        unknown = List.copyOf(unknown);
        notes = List.copyOf(notes);
    }

    /**
     * One of them.
     *
     * @param branch {@code web:1.2.3}; empty for an image that no chain knows
     * @param machines that it was deployed to, by name
     */
    public record Member(
            String imageId, String name, Optional<String> branch, List<String> machines, DriftSummary summary) {
        public Member {
            machines = List.copyOf(machines);
        }
    }

    /**
     * A change that several have.
     *
     * @param what {@code package} or {@code system}
     * @param change what happened, in lower case
     * @param name of the package with its architecture, or of the thing with its area
     * @param to the version that it has now, or the state; empty where it is gone
     * @param members how many of the page have it
     */
    public record CommonChange(String what, String change, String name, String to, long members) {}
}

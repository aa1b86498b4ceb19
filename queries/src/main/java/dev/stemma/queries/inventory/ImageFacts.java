package dev.stemma.queries.inventory;

import java.time.Instant;
import java.util.Optional;

/**
 * An image as the catalog knows it. As of a past moment, what may have changed since and is not kept is empty.
 *
 * @param id {@code img-…}
 * @param format {@code raw}, {@code qcow2}; empty for one that is known only by its location
 * @param location absolute path
 * @param virtualBytes size the guest sees
 * @param allocatedBytes what it takes on its storage
 * @param modifiedAt when its file last changed
 * @param state {@code ACTIVE} or {@code MISSING}; of a version also {@code DEPRECATED}, {@code REVOKED} or {@code DELETED}; empty as of
 *     a past moment for what is no version
 * @param registeredAt when Stemma first saw it
 * @param repository where it is stored
 */
public record ImageFacts(
        String id,
        String name,
        Optional<String> description,
        Optional<String> format,
        String location,
        Optional<Long> virtualBytes,
        Optional<Long> allocatedBytes,
        Optional<Instant> modifiedAt,
        Optional<String> state,
        Optional<Instant> registeredAt,
        Optional<RepositoryFacts> repository) {

    /**
     * A place where images are.
     *
     * @param kind {@code REFERENCE} or {@code OPERATIONAL}
     */
    public record RepositoryFacts(String id, String name, String kind) {}
}

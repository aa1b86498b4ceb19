package dev.stemma.graph.catalog;

import static org.neo4j.cypherdsl.core.Cypher.parameter;

import dev.stemma.graph.id.ImageId;
import dev.stemma.graph.id.Reference;
import dev.stemma.graph.store.BoltGraph;
import dev.stemma.graph.store.GraphException;
import dev.stemma.graph.store.Row;
import dev.stemma.graph.store.Statement;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.neo4j.cypherdsl.core.Condition;
import org.neo4j.cypherdsl.core.Cypher;
import org.springframework.dao.DataAccessException;
import org.springframework.data.domain.Limit;

/**
 * Which images there are and where. Safe for use by several threads; it owns nothing that must be closed, and lives as long
 * as the graph that it was opened on.
 *
 * <p>All methods throw {@link GraphException} when the graph does not answer.
 */
public final class Catalog {

    /** The most images on one page. */
    public static final int MAX_PAGE = 1_000;

    private static final Statement REGISTER = Statement.of("""
            MERGE (i:Image {id: $id})
            ON CREATE SET i.location = $location, i.registeredAt = $now
            SET i.name = $name, i.format = $format, i.virtualBytes = $virtualBytes,
                i.allocatedBytes = $allocatedBytes, i.modifiedAt = $modifiedAt, i.state = 'ACTIVE'
            WITH i
            CALL (i) {
              MATCH (r:Repository {id: $repository})
              MERGE (i)-[:STORED_IN]->(r)
            }
            FINISH
            """);

    private static final Statement BY_DIGEST = Statement.of("""
            MATCH (v:Inventory)<-[h:HAS_INVENTORY]-(i:Image)
            WHERE v.id STARTS WITH $prefix
            WITH i, max(CASE WHEN h.until IS NULL THEN 1 ELSE 0 END) AS current
            ORDER BY current DESC, i.name, i.id
            LIMIT $limit
            RETURN i.id AS id, current
            """);

    /** A version that was moved is found by its old number, too: it is never given to another. */
    private static final Statement BY_VERSION = Statement.of("""
            MATCH (:VersionChain {name: $chain})-[:HAS_VERSION|HAD_VERSION {number: $number}]->(version:Image)
            WITH DISTINCT version
            OPTIONAL MATCH (version)-[:HAS_BRANCH {number: $branch}]->(branch:Image)
            WITH DISTINCT CASE WHEN $branch IS NULL THEN version ELSE branch END AS image
            WHERE image IS NOT NULL
            RETURN image.id AS id LIMIT $limit
            """);

    private static final Statement BY_CHANNEL = Statement.of("""
            MATCH (:VersionChain {name: $chain})-[:HAS_CHANNEL]->(:Channel {name: $channel})-[:POINTS_TO]->(image:Image)
            RETURN image.id AS id LIMIT $limit
            """);

    private static final Statement SET_STATE =
            Statement.of("MATCH (i:Image {id: $id}) SET i.state = $state RETURN i.id AS id");

    private final BoltGraph graph;
    private final SpringGraph spring;

    private Catalog(BoltGraph graph, SpringGraph spring) {
        this.graph = graph;
        this.spring = spring;
    }

    /** Opens the catalog of a migrated graph. */
    public static Catalog open(BoltGraph graph) {
        return new Catalog(graph, SpringGraph.over(graph));
    }

    /** The image with an id. */
    public Optional<Image> findImage(String id) {
        return asked(() -> spring.images().findById(id)).map(ImageNode::image);
    }

    /** The image at a location, an absolute real path. */
    public Optional<Image> findImageAt(String location) {
        return asked(() -> spring.images().findByLocation(location)).map(ImageNode::image);
    }

    /**
     * The image that somebody means.
     *
     * @return empty when there is none
     * @throws AmbiguousReference when there are several
     */
    public Optional<Image> findImage(Reference reference) {
        return switch (reference) {
            case Reference.Id(String id) -> findImage(id);
            case Reference.IdPrefix(String prefix) ->
                one(prefix, nodes(() -> spring.images().findByIdStartingWithOrderById(prefix, candidates())));
            case Reference.DigestPrefix(String prefix) -> byDigest(prefix, "sha256:" + prefix);
            case Reference.Version version -> byVersion(version).or(() -> byName(version.text()));
            case Reference.Channel channel -> byChannel(channel).or(() -> byName(channel.text()));
            case Reference.Name name ->
                byName(name.text())
                        .or(() -> name.mayBeDigestPrefix() ? byDigest(name.text(), name.text()) : Optional.empty());
        };
    }

    private Optional<Image> byName(String name) {
        return one(name, nodes(() -> spring.images().findByNameOrderById(name, candidates())));
    }

    /** Images that have such contents now come before those that once had. */
    private Optional<Image> byDigest(String prefix, String typed) {
        List<Row> rows =
                graph.read(BY_DIGEST.with(Map.of("prefix", prefix, "limit", AmbiguousReference.MAX_CANDIDATES)));
        long best = rows.stream().mapToLong(row -> row.number("current")).max().orElse(0);
        return one(
                typed,
                byIds(rows.stream().filter(row -> row.number("current") == best).toList()));
    }

    private Optional<Image> byVersion(Reference.Version version) {
        return one(
                version.text(),
                byIds(graph.read(BY_VERSION.with(Map.of(
                        "chain",
                        version.chain(),
                        "number",
                        version.number(),
                        "branch",
                        version.branch(),
                        "limit",
                        AmbiguousReference.MAX_CANDIDATES)))));
    }

    private Optional<Image> byChannel(Reference.Channel channel) {
        return one(
                channel.text(),
                byIds(graph.read(BY_CHANNEL.with(Map.of(
                        "chain", channel.chain(),
                        "channel", channel.channel(),
                        "limit", AmbiguousReference.MAX_CANDIDATES)))));
    }

    private List<Image> byIds(List<Row> rows) {
        return nodes(() -> spring.images()
                .findAllById(rows.stream().map(row -> row.text("id")).toList()));
    }

    private static Optional<Image> one(String reference, List<Image> found) {
        if (found.size() > 1) {
            throw new AmbiguousReference(reference, found);
        }
        return found.stream().findFirst();
    }

    /**
     * A page of images, by name and then id.
     *
     * @param after the end of the page before; empty for the first page
     * @param size 1 to {@value #MAX_PAGE}
     */
    public Page<Image> images(ImageFilter filter, Optional<Cursor> after, int size) {
        if (size < 1 || size > MAX_PAGE) {
            throw new IllegalArgumentException("a page has 1 to " + MAX_PAGE + " images, not " + size);
        }
        var image = Cypher.node("Image").named("image");
        var name = image.property("name");
        Map<String, Object> values = new HashMap<>();
        Condition wanted = Cypher.noCondition();
        if (after.isPresent()) {
            values.put("afterName", after.get().name());
            values.put("afterId", after.get().id());
            wanted = name.gt(parameter("afterName"))
                    .or(name.eq(parameter("afterName")).and(image.property("id").gt(parameter("afterId"))));
        }
        if (filter.nameContains().isPresent()) {
            values.put("part", filter.nameContains().get());
            wanted = wanted.and(name.contains(parameter("part")));
        }
        if (filter.format().isPresent()) {
            values.put("format", filter.format().get());
            wanted = wanted.and(image.property("format").eq(parameter("format")));
        }
        if (filter.state().isPresent()) {
            values.put("state", filter.state().get().name());
            wanted = wanted.and(image.property("state").eq(parameter("state")));
        }
        if (filter.repository().isPresent()) {
            values.put("repository", filter.repository().get());
            wanted = wanted.and(image.relationshipTo(
                            Cypher.node("Repository").withProperties("id", parameter("repository")), "STORED_IN")
                    .asCondition());
        }
        var statement = Cypher.match(image)
                .where(wanted)
                .returning(image)
                .orderBy(name.ascending(), image.property("id").ascending())
                // One more than asked for tells whether there is another page.
                .limit(size + 1)
                .build();
        List<Image> found = nodes(() -> spring.template().findAll(statement, values, ImageNode.class));
        if (found.size() <= size) {
            return new Page<>(found, Optional.empty());
        }
        Image last = found.get(size - 1);
        return new Page<>(found.subList(0, size), Optional.of(new Cursor(last.name(), last.id())));
    }

    /** Registers an image, or brings what is known of its file up to date; the same location is the same image. */
    public Image register(Registration registration) {
        Map<String, Object> values = new HashMap<>();
        values.put("id", ImageId.of(registration.location()));
        values.put("location", registration.location());
        values.put("name", registration.name());
        values.put("format", registration.format());
        values.put("virtualBytes", registration.virtualBytes());
        values.put("allocatedBytes", registration.allocatedBytes());
        values.put("modifiedAt", registration.modifiedAt());
        values.put("now", Instant.now());
        values.put("repository", registration.repository());
        graph.write(REGISTER.with(values));
        return findImageAt(registration.location())
                .orElseThrow(() -> new GraphException(
                        GraphException.Kind.FAILED, "the image at " + registration.location() + " vanished"));
    }

    /**
     * Says whether an image is still there.
     *
     * @return whether there is such an image
     */
    public boolean setState(String id, Image.State state) {
        return !graph.write(SET_STATE.with(Map.of("id", id, "state", state.name())))
                .isEmpty();
    }

    /** All repositories, by name. */
    public List<Repository> repositories() {
        return asked(() -> spring.repositories().findAllByOrderByName()).stream()
                .map(RepositoryNode::repository)
                .toList();
    }

    /** The repository with an id. */
    public Optional<Repository> findRepository(String id) {
        return asked(() -> spring.repositories().findById(id)).map(RepositoryNode::repository);
    }

    /** Adds a repository, or replaces what is known of the one with its id. */
    public Repository put(Repository repository) {
        return asked(() -> spring.repositories().save(RepositoryNode.of(repository)))
                .repository();
    }

    private List<Image> nodes(Supplier<List<ImageNode>> question) {
        return asked(question).stream().map(ImageNode::image).toList();
    }

    private static Limit candidates() {
        return Limit.of(AmbiguousReference.MAX_CANDIDATES);
    }

    /** Spring's exceptions stay in this room, too. */
    private <T> T asked(Supplier<T> question) {
        try {
            return question.get();
        } catch (DataAccessException e) {
            throw graph.failure(e);
        }
    }
}

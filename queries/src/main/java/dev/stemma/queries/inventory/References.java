package dev.stemma.queries.inventory;

import dev.stemma.graph.store.Graph;
import dev.stemma.graph.store.Row;
import dev.stemma.graph.store.Statement;
import dev.stemma.queries.moment.AsOf;
import dev.stemma.queries.moment.DatedStatement;
import dev.stemma.queries.problem.QueryProblem;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Turns what people type into an image: an id, a version ({@code web:1.2} or {@code web:2}), a branch ({@code web:1.2.3}), a channel
 * ({@code web:stable}), a unique name, a location, or at least 8 digits of an inventory's digest. What a chain has comes before
 * a name with a colon in it. Safe for use by several threads.
 */
public final class References {

    private static final int SHOWN = 10;
    private static final int MAX_LENGTH = 8_192;
    private static final Pattern DIGEST = Pattern.compile("(?:sha256:)?([0-9a-fA-F]{8,64})");
    private static final DatedStatement BY_NAME = DatedStatement.named(References.class, "inventory/references");
    private static final Statement MACHINES = Statement.named(References.class, "inventory/machine-references.cypher");
    private static final Statement BY_DIGEST = Statement.named(References.class, "inventory/digest-references.cypher");

    private static final Statement BY_VERSION =
            Statement.named(References.class, "inventory/version-references.cypher");
    private static final DatedStatement BY_CHANNEL =
            DatedStatement.named(References.class, "inventory/channel-references");

    private final Graph graph;

    public References(Graph graph) {
        this.graph = graph;
    }

    /**
     * @param text what was typed
     * @throws QueryProblem {@code NOT_FOUND} or {@code AMBIGUOUS}, the latter with the candidates in its message
     */
    public Reference require(String text) {
        return require(text, Optional.empty());
    }

    /**
     * The same as of a moment: a channel means what it pointed to then, and a name or location what had it then. All else names the same image at all times.
     *
     * @param text what was typed
     * @param at empty for now
     * @return with the inventory that is current now
     * @throws QueryProblem {@code NOT_FOUND} or {@code AMBIGUOUS}, the latter with the candidates in its message
     */
    public Reference require(String text, Optional<AsOf> at) {
        Reference found = requireAny(text, at);
        if (found.machine()) {
            throw new QueryProblem(
                    QueryProblem.Code.NOT_FOUND,
                    text + " is the machine " + found.imageName() + ", and an image is asked for; see: stemma show "
                            + found.imageName());
        }
        return found;
    }

    /**
     * The same of images and machines; a machine also by its name, where no image has that.
     *
     * @throws QueryProblem {@code NOT_FOUND} or {@code AMBIGUOUS}
     */
    public Reference requireAny(String text, Optional<AsOf> at) {
        List<Row> rows = rows(text, at);
        if (rows.isEmpty()) {
            rows = graph.read(MACHINES.with(Map.of("text", text)));
        }
        return only(text, rows);
    }

    /**
     * The machine that is meant: by name, id or branch; empty when there is none.
     *
     * @throws QueryProblem {@code AMBIGUOUS}
     */
    public Optional<Reference> findMachine(String text) {
        List<Row> rows = graph.read(MACHINES.with(Map.of("text", text)));
        if (rows.isEmpty()) {
            rows = placed(text, Optional.empty());
        }
        return rows.isEmpty() ? Optional.empty() : Optional.of(only(text, rows)).filter(Reference::machine);
    }

    private List<Row> rows(String text, Optional<AsOf> at) {
        if (text.isBlank() || text.length() > MAX_LENGTH) {
            throw new QueryProblem(QueryProblem.Code.INVALID, "a reference has 1 to " + MAX_LENGTH + " characters");
        }
        List<Row> placed = placed(text, at);
        if (!placed.isEmpty()) {
            return placed;
        }
        List<Row> rows = graph.read(BY_NAME.with(Map.of("text", text), at));
        List<Row> exact =
                rows.stream().filter(row -> row.text("imageId").equals(text)).toList();
        if (!exact.isEmpty()) {
            return exact;
        }
        var digest = DIGEST.matcher(text);
        if (rows.isEmpty() && digest.matches()) {
            String prefix = digest.group(1).toLowerCase(Locale.ROOT);
            rows = graph.read(BY_DIGEST.with(Map.of("prefix", prefix)));
        }
        return rows;
    }

    /** What a chain has by that text: a version, a branch or a channel. */
    private List<Row> placed(String text, Optional<AsOf> at) {
        boolean mayBe = text.indexOf(':') > 0
                && text.length() <= dev.stemma.graph.id.Reference.MAX_LENGTH
                && !text.startsWith("sha256:");
        if (!mayBe) {
            return List.of();
        }
        return switch (dev.stemma.graph.id.Reference.parse(text)) {
            case dev.stemma.graph.id.Reference.Version version ->
                graph.read(BY_VERSION.with(
                        Map.of("chain", version.chain(), "number", version.number(), "branch", version.branch())));
            case dev.stemma.graph.id.Reference.Channel channel ->
                graph.read(BY_CHANNEL.with(Map.of("chain", channel.chain(), "channel", channel.channel()), at));
            case dev.stemma.graph.id.Reference.Id _,
                    dev.stemma.graph.id.Reference.IdPrefix _,
                    dev.stemma.graph.id.Reference.DigestPrefix _,
                    dev.stemma.graph.id.Reference.Name _ -> List.of();
        };
    }

    private static Reference only(String text, List<Row> rows) {
        if (rows.isEmpty()) {
            throw new QueryProblem(
                    QueryProblem.Code.NOT_FOUND,
                    "no image has the id, name, version or location " + text
                            + ", and no inventory's digest starts so; list them with: stemma images");
        }
        if (rows.size() > 1) {
            String candidates = rows.stream()
                    .limit(SHOWN)
                    .map(row -> row.text("imageId") + " (" + row.text("location") + ")")
                    .collect(Collectors.joining(", "));
            throw new QueryProblem(
                    QueryProblem.Code.AMBIGUOUS,
                    text + " fits several: " + candidates + (rows.size() > SHOWN ? ", …" : "") + "; use an id");
        }
        return ImageRows.reference(rows.getFirst());
    }
}

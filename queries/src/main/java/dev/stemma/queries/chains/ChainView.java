package dev.stemma.queries.chains;

import dev.stemma.graph.store.Graph;
import dev.stemma.graph.store.Row;
import dev.stemma.queries.lineage.DeployedMachine;
import dev.stemma.queries.lineage.Warning;
import dev.stemma.queries.lineage.Warnings;
import dev.stemma.queries.moment.AsOf;
import dev.stemma.queries.moment.DatedStatement;
import dev.stemma.queries.page.Cursor;
import dev.stemma.queries.page.Page;
import dev.stemma.queries.page.PageRequest;
import dev.stemma.queries.problem.QueryProblem;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** Lists of version chains, of their versions and of what was made of these, now or as of a moment (rows V13, V14, K7, B9). Safe for use by several threads; keeps nothing. */
public final class ChainView {

    private static final DatedStatement CHAINS = named("chains");
    private static final DatedStatement CHAIN = named("chain");
    private static final DatedStatement CHAIN_COUNT = named("chain-count");
    private static final DatedStatement VERSIONS = named("versions");
    private static final DatedStatement BRANCHES = named("branches");
    private static final DatedStatement BRANCH_COUNT = named("branch-count");

    private final Graph graph;

    public ChainView(Graph graph) {
        this.graph = graph;
    }

    private static DatedStatement named(String name) {
        return DatedStatement.named(ChainView.class, "chains/" + name);
    }

    /**
     * All chains, by name.
     *
     * @param at as of when; empty for now, here and in all that follows
     */
    public Page<ChainFacts> chains(PageRequest page, Optional<AsOf> at) {
        String after = page.after().map(cursor -> cursor.require(1).getFirst()).orElse("");
        return graph.reading(transaction -> page(
                transaction
                        .run(CHAINS.with(
                                Map.of("after", after, "limit", page.limit() + 1, "channels", ChainFacts.MAX_CHANNELS),
                                at))
                        .stream()
                        .map(ChainFacts::of)
                        .toList(),
                page,
                ChainFacts::name,
                transaction.run(CHAIN_COUNT.with(Map.of(), at)).getFirst().number("total")));
    }

    /**
     * One chain.
     *
     * @throws QueryProblem {@code NOT_FOUND} also when it came later
     */
    public ChainFacts chain(String name, Optional<AsOf> at) {
        return graph.reading(transaction -> chain(transaction, name, at));
    }

    private static ChainFacts chain(Graph.Transaction transaction, String name, Optional<AsOf> at) {
        return transaction.run(CHAIN.with(Map.of("name", name, "channels", ChainFacts.MAX_CHANNELS), at)).stream()
                .findFirst()
                .map(ChainFacts::of)
                .orElseThrow(() -> new QueryProblem(
                        QueryProblem.Code.NOT_FOUND,
                        "no version chain is named " + name
                                + at.map(moment -> " on " + moment).orElse("") + "; see: stemma chains"));
    }

    /**
     * The versions of a chain, newest first.
     *
     * @throws QueryProblem {@code NOT_FOUND}, {@code INVALID} for a bad cursor
     */
    public Page<VersionFacts> versions(String name, PageRequest page, Optional<AsOf> at) {
        return graph.reading(transaction -> {
            long total = chain(transaction, name, at).versions();
            List<Row> rows = transaction.run(VERSIONS.with(
                    Map.of(
                            "name",
                            name,
                            "below",
                            below(page),
                            "limit",
                            page.limit() + 1,
                            "many",
                            VersionFacts.MAX_LISTED),
                    at));
            Map<String, List<Warning>> warnings = Warnings.of(
                    transaction, rows.stream().map(row -> row.text("imageId")).toList(), at);
            return page(
                    rows.stream()
                            .map(row -> VersionFacts.of(row, warnings.getOrDefault(row.text("imageId"), List.of())))
                            .toList(),
                    page,
                    version -> Long.toString(version.ordinal()),
                    total);
        });
    }

    /**
     * The branches of a version, the latest first.
     *
     * @param imageId id of the version's image
     * @throws QueryProblem {@code NOT_FOUND} also for what is no version, {@code INVALID} for a bad cursor
     */
    public Page<BranchFacts> branches(String imageId, PageRequest page, Optional<AsOf> at) {
        return graph.reading(transaction -> {
            Row version = transaction.run(BRANCH_COUNT.with(Map.of("imageId", imageId), at)).stream()
                    .findFirst()
                    .orElseThrow(() -> new QueryProblem(
                            QueryProblem.Code.NOT_FOUND,
                            imageId + " is no version, and only versions have branches; see: stemma tree " + imageId));
            List<BranchFacts> branches = transaction
                    .run(BRANCHES.with(
                            Map.of(
                                    "imageId",
                                    imageId,
                                    "below",
                                    below(page),
                                    "limit",
                                    page.limit() + 1,
                                    "machines",
                                    DeployedMachine.MAX),
                            at))
                    .stream()
                    .map(row -> BranchFacts.of(version.text("number"), row))
                    .toList();
            return page(
                    branches,
                    page,
                    branch -> branch.number().substring(branch.number().lastIndexOf('.') + 1),
                    version.number("total"));
        });
    }

    /** The number that the page goes on below. */
    private static long below(PageRequest page) {
        try {
            return page.after()
                    .map(cursor -> Long.parseLong(cursor.require(1).getFirst()))
                    .orElse(Long.MAX_VALUE);
        } catch (NumberFormatException _) {
            throw new QueryProblem(
                    QueryProblem.Code.INVALID, "not a cursor of this answer; leave it out to start at the first page");
        }
    }

    /** Rows of which one too many was asked for, as a page. */
    private static <T> Page<T> page(List<T> found, PageRequest page, Function<T, String> key, long total) {
        List<T> items = found.subList(0, Math.min(found.size(), page.limit()));
        boolean more = found.size() > items.size();
        return new Page<>(
                items, more ? Optional.of(Cursor.of(key.apply(items.getLast())).text()) : Optional.empty(), total);
    }
}

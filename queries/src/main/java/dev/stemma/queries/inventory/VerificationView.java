package dev.stemma.queries.inventory;

import dev.stemma.graph.model.CheckedFile.Verdict;
import dev.stemma.graph.model.Level;
import dev.stemma.graph.store.Graph;
import dev.stemma.graph.store.Row;
import dev.stemma.graph.store.Statement;
import dev.stemma.queries.page.Cursor;
import dev.stemma.queries.page.Page;
import dev.stemma.queries.page.PageRequest;
import dev.stemma.queries.problem.QueryProblem;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Which owned files of an image were changed. Safe for use by several threads; keeps nothing. */
public final class VerificationView {

    private static final Statement SUMMARY = Statement.named(VerificationView.class, "inventory/verification.cypher");
    private static final Statement FILES = Statement.named(VerificationView.class, "inventory/checked-files.cypher");

    private final Graph graph;

    public VerificationView(Graph graph) {
        this.graph = graph;
    }

    /**
     * @param verdicts that are wanted; empty for all
     * @param configuration whether configuration files alone are wanted, or all others; empty for both
     * @throws QueryProblem {@code NOT_INDEXED}; {@code NO_FILES} when its owned files were never verified
     */
    public VerificationAnswer verification(
            Reference reference, Set<Verdict> verdicts, Optional<Boolean> configuration, PageRequest page) {
        String inventory = reference
                .inventoryId()
                .orElseThrow(() -> new QueryProblem(
                        QueryProblem.Code.NOT_INDEXED,
                        reference.imageName() + " was never indexed; run: stemma index " + reference.imageId()));
        Map<String, Object> which = Map.of("inventoryId", inventory);
        return graph.reading(transaction -> {
            Row summary = transaction.run(SUMMARY.with(which)).stream()
                    .filter(row -> row.findText("checkedBy").isPresent())
                    .findFirst()
                    .orElseThrow(() -> notVerified(reference, transaction.run(SUMMARY.with(which))));
            List<FileVerdict> all = transaction.run(FILES.with(which)).stream()
                    .map(VerificationView::file)
                    .toList();
            List<FileVerdict> wanted = all.stream()
                    .filter(file -> verdicts.isEmpty() || verdicts.contains(file.verdict()))
                    .filter(file -> configuration.isEmpty() || configuration.get() == file.configuration())
                    .toList();
            return new VerificationAnswer(
                    inventory,
                    summary.text("checkedBy"),
                    summary.number("intact"),
                    summary.number("modified"),
                    summary.number("missing"),
                    summary.number("unverifiable"),
                    page(wanted, page),
                    all.size());
        });
    }

    private static QueryProblem notVerified(Reference reference, List<Row> rows) {
        boolean basic = rows.stream().anyMatch(row -> row.text("level").equals(Level.BASIC.word()));
        return new QueryProblem(
                QueryProblem.Code.NO_FILES,
                "the owned files of " + reference.imageName() + " were never verified"
                        + (basic
                                ? ", since it was indexed at the basic level"
                                : ": no guest was found on it, or it was" + " indexed by an earlier version")
                        + "; run: stemma index " + reference.imageId() + " --level full");
    }

    private static FileVerdict file(Row row) {
        return new FileVerdict(
                row.text("path"),
                Verdict.valueOf(row.text("verdict")),
                row.flag("configuration"),
                row.text("purl"),
                row.text("name"),
                row.text("version"),
                row.findText("expected"),
                row.findText("found"),
                row.findText("reason"));
    }

    private static Page<FileVerdict> page(List<FileVerdict> all, PageRequest page) {
        Optional<List<String>> after = page.after().map(cursor -> cursor.require(2));
        List<FileVerdict> rest = all.stream()
                .filter(file -> after.map(key -> isAfter(file, key)).orElse(true))
                .limit(page.limit() + 1L)
                .toList();
        List<FileVerdict> items = rest.subList(0, Math.min(rest.size(), page.limit()));
        Optional<String> next = rest.size() > items.size()
                ? Optional.of(Cursor.of(items.getLast().path(), items.getLast().purl())
                        .text())
                : Optional.empty();
        return new Page<>(items, next, all.size());
    }

    private static boolean isAfter(FileVerdict file, List<String> key) {
        int order = file.path().compareTo(key.getFirst());
        return order > 0 || (order == 0 && file.purl().compareTo(key.getLast()) > 0);
    }
}

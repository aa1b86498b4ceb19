package dev.stemma.ingest.analyze.rpm.database;

import dev.stemma.ingest.bytes.ByteSource;
import dev.stemma.ingest.bytes.Fields;
import dev.stemma.ingest.problem.Budget;
import dev.stemma.ingest.problem.Corrupt;
import dev.stemma.ingest.problem.ImageProblem;
import dev.stemma.ingest.problem.OverBudget;
import java.util.Optional;

/** The table {@code Packages (hnum, blob)} of an SQLite database, as rpm 4.16 and later write it ({@code lib/backend/sqlite.c}). */
record SqliteTable(Optional<ByteSource> log) implements PackageTable {

    private static final int SCHEMA_PAGE = 1;
    private static final int MAX_SCHEMA_ROWS = 10_000;

    @Override
    public void read(ByteSource database, Budget budget, HeaderSink sink) throws ImageProblem {
        SqlitePages pages = SqlitePages.open(database, log, budget);
        SqliteTree tree = new SqliteTree(pages, budget);
        Schema schema = new Schema();
        tree.rows(SCHEMA_PAGE, schema);
        if (schema.root == 0) {
            throw new Corrupt("bad-value", database.origin(), "has no table Packages");
        }
        tree.rows(schema.root, new Rows(sink));
    }

    /** Looks for the table in the schema: type, name, table, root page, SQL text. */
    private static final class Schema implements SqliteTree.RowSink {
        private long root;
        private int rows;

        @Override
        public void row(long id, Fields payload) throws ImageProblem {
            if (++rows > MAX_SCHEMA_ROWS) {
                throw new OverBudget("entry-limit", payload.origin(), "has more than " + MAX_SCHEMA_ROWS + " tables");
            }
            SqliteRecord row = SqliteRecord.parse(payload);
            if (row.text(0).filter("table"::equals).isPresent()
                    && row.text(1).filter("Packages"::equalsIgnoreCase).isPresent()) {
                root = row.number(3).orElse(0L);
            }
        }

        @Override
        public void broken(ImageProblem problem) throws ImageProblem {
            throw problem;
        }
    }

    private static final class Rows implements SqliteTree.RowSink {
        private final HeaderSink sink;
        private int rows;

        Rows(HeaderSink sink) {
            this.sink = sink;
        }

        @Override
        public void row(long id, Fields payload) throws ImageProblem {
            if (++rows > MAX_RECORDS) {
                throw new OverBudget("entry-limit", payload.origin(), "has more than " + MAX_RECORDS + " packages");
            }
            Optional<byte[]> blob;
            try {
                blob = SqliteRecord.parse(payload).blob(1);
            } catch (Corrupt e) {
                sink.broken(e);
                return;
            }
            if (blob.isPresent()) {
                sink.header(id, blob.get());
            } else {
                sink.broken(new Corrupt("bad-value", payload.origin(), "has no header"));
            }
        }

        @Override
        public void broken(ImageProblem problem) throws ImageProblem {
            if (++rows > MAX_RECORDS) {
                throw problem;
            }
            sink.broken(problem);
        }
    }
}

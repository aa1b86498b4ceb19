package dev.stemma.ingest.analyze.rpm.database;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import dev.stemma.ingest.bytes.Fields;
import dev.stemma.ingest.filesystem.MemorySource;
import dev.stemma.ingest.problem.Budget;
import dev.stemma.ingest.problem.ImageProblem;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Databases each of whose records claims to be as long as all of the file: together they get no more memory than the file has bytes. */
class GreedyRecordsTest {

    private static final int SIZE = 32 << 20;
    private static final Budget BUDGET = Budget.of(Duration.ofMinutes(1));
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    private interface Reading {
        void run() throws ImageProblem;
    }

    private static void requireModest(Reading reading) throws ImageProblem {
        long before = THREADS.getCurrentThreadAllocatedBytes();
        reading.run();
        assertThat(THREADS.getCurrentThreadAllocatedBytes() - before).isLessThan(2L * SIZE);
    }

    @Test
    void rowsOfSqlite() throws Exception {
        int pageBytes = 4_096;
        int rows = 1_000;
        ByteBuffer file = ByteBuffer.allocate(SIZE);
        file.put("SQLite format 3\0".getBytes(StandardCharsets.US_ASCII));
        file.putShort(16, (short) pageBytes).putInt(56, 1);
        // A leaf, page 2, all of whose cells are the same one: of 31 MiB, row 1, continued on page 3, which ends.
        file.put(pageBytes, (byte) 0x0d).putShort(pageBytes + 3, (short) rows);
        for (int i = 0; i < rows; i++) {
            file.putShort(pageBytes + 8 + 2 * i, (short) 3_000);
        }
        int length = 31 << 20;
        file.put(pageBytes + 3_000, (byte) (length >> 21 | 0x80)).put(pageBytes + 3_001, (byte) (length >> 14 | 0x80));
        file.put(pageBytes + 3_002, (byte) (length >> 7 | 0x80)).put(pageBytes + 3_003, (byte) (length & 0x7f));
        file.put(pageBytes + 3_004, (byte) 1);
        MemorySource source = new MemorySource(file.array());
        int[] broken = {0};
        requireModest(() -> new SqliteTree(SqlitePages.open(source, Optional.empty(), BUDGET), BUDGET)
                .rows(2, new SqliteTree.RowSink() {
                    @Override
                    public void row(long id, Fields payload) {}

                    @Override
                    public void broken(ImageProblem problem) {
                        broken[0]++;
                    }
                }));
        assertThat(broken[0]).isEqualTo(rows);
    }

    @Test
    void valuesOfBerkeleyDb() throws Exception {
        int pageBytes = 65_536;
        ByteBuffer file = ByteBuffer.allocate(SIZE).order(ByteOrder.LITTLE_ENDIAN);
        file.putInt(12, 0x061561).putInt(16, 9).putInt(20, pageBytes).putInt(32, SIZE / pageBytes - 1);
        file.putInt(96, 1); // Bucket 0 is page 1.
        int records = 3_000;
        file.putInt(pageBytes + 8, 1)
                .putShort(pageBytes + 20, (short) (2 * records))
                .put(pageBytes + 25, (byte) 13);
        int end = pageBytes;
        for (int i = 0; i < records; i++) {
            end -= 5;
            file.putShort(pageBytes + 26 + 4 * i, (short) end);
            file.put(pageBytes + end, (byte) 1).putInt(pageBytes + end + 1, i + 1);
            end -= 12;
            file.putShort(pageBytes + 28 + 4 * i, (short) end);
            file.put(pageBytes + end, (byte) 3).putInt(pageBytes + end + 8, SIZE - 1);
        }
        MemorySource source = new MemorySource(file.array());
        int[] broken = {0};
        requireModest(() -> new BerkeleyTable().read(source, BUDGET, new HeaderSink() {
            @Override
            public void header(long number, byte[] header) {}

            @Override
            public void broken(ImageProblem problem) {
                broken[0]++;
            }
        }));
        assertThat(broken[0]).isEqualTo(records);
    }
}

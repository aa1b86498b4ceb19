package dev.stemma.graph.store;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Cuts a long sequence of rows into lists small enough for one {@code UNWIND $rows AS row …} statement, bounded in rows and
 * in bytes, so that neither this process nor the server holds more than one such list however many rows there are.
 * Immutable.
 *
 * @param maxRows at least 1
 * @param maxBytes estimated size on the wire; a single row above it travels alone
 */
public record Batch(int maxRows, long maxBytes) {

    /** What the local server takes well: 4,000 rows, 1 MiB. */
    public static final Batch STANDARD = new Batch(4_000, 1 << 20);

    /** Deeper values than this are not what a row holds; the estimate would not end on a cyclic one. */
    static final int MAX_DEPTH = 64;

    public Batch {
        if (maxRows < 1 || maxBytes < 1) {
            throw new IllegalArgumentException("a batch holds at least one row and one byte");
        }
    }

    /**
     * Runs the statement for each list within one transaction, the list being its parameter {@code rows}.
     *
     * @param parameters other parameters, the same each time
     * @return how many rows went in
     */
    public long run(
            Graph.Transaction transaction,
            String cypher,
            Map<String, Object> parameters,
            Iterator<? extends Map<String, ? extends @Nullable Object>> rows) {
        return split(rows, list -> {
            Map<String, Object> all = new java.util.HashMap<>(parameters);
            all.put("rows", list);
            transaction.run(new Statement(cypher, all));
        });
    }

    /** The same, each list in a transaction of its own: for writes that may be repeated. */
    public long run(Graph graph, String cypher, Iterator<? extends Map<String, ? extends @Nullable Object>> rows) {
        return split(rows, list -> graph.write(new Statement(cypher, Map.of("rows", list))));
    }

    /**
     * Hands over the rows list by list, in order; no list is empty.
     *
     * @return how many rows there were
     */
    public <R extends Map<String, ? extends @Nullable Object>> long split(Iterator<R> rows, Consumer<List<R>> each) {
        long count = 0;
        long bytes = 0;
        List<R> list = new ArrayList<>();
        while (rows.hasNext()) {
            R row = rows.next();
            long size = estimateBytes(row);
            if (!list.isEmpty() && (list.size() == maxRows || bytes + size > maxBytes)) {
                each.accept(list);
                list = new ArrayList<>();
                bytes = 0;
            }
            list.add(row);
            bytes += size;
            count++;
        }
        if (!list.isEmpty()) {
            each.accept(list);
        }
        return count;
    }

    /** About the number of bytes that a value takes in a Bolt message; never less than 1. */
    public static long estimateBytes(@Nullable Object value) {
        return estimateBytes(value, 0);
    }

    private static long estimateBytes(@Nullable Object value, int depth) {
        if (depth > MAX_DEPTH) {
            throw new IllegalArgumentException("a value nested deeper than " + MAX_DEPTH);
        }
        return switch (value) {
            case null -> 1;
            case CharSequence text -> 3 + utf8Bytes(text);
            case byte[] bytes -> 5L + bytes.length;
            case Optional<?> optional -> estimateBytes(optional.orElse(null), depth + 1);
            case Map<?, ?> map -> {
                long sum = 3;
                for (Map.Entry<?, ?> entry : map.entrySet()) {
                    sum += estimateBytes(entry.getKey(), depth + 1) + estimateBytes(entry.getValue(), depth + 1);
                }
                yield sum;
            }
            case Iterable<?> list -> {
                long sum = 3;
                for (Object each : list) {
                    sum += estimateBytes(each, depth + 1);
                }
                yield sum;
            }
            // Numbers take up to 9 bytes, times up to 20.
            case Number _ -> 9;
            default -> 20;
        };
    }

    private static long utf8Bytes(CharSequence text) {
        long bytes = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            // Half of a surrogate pair counts 3 where it is 2.
            bytes += c < 0x80 ? 1 : c < 0x800 ? 2 : 3;
        }
        return bytes;
    }
}

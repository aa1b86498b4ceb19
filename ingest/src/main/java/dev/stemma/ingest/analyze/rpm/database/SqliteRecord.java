package dev.stemma.ingest.analyze.rpm.database;

import dev.stemma.ingest.bytes.Fields;
import dev.stemma.ingest.problem.Corrupt;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** One row's columns: serial types first, then their values (Database File Format, section 2.1). */
record SqliteRecord(Fields payload, List<Column> columns) {

    /** More than any table that is read here. */
    private static final int MAX_COLUMNS = 64;

    SqliteRecord {
        columns = List.copyOf(columns);
    }

    /** Where a value lies. */
    record Column(long type, long at, long lengthBytes) {

        private boolean isText() {
            return type >= 13 && type % 2 == 1;
        }

        private boolean isBlob() {
            return type >= 12 && type % 2 == 0;
        }
    }

    static SqliteRecord parse(Fields payload) throws Corrupt {
        SqliteVarint header = SqliteVarint.parse(payload, 0);
        if (header.value() < 1 || header.value() > payload.sizeBytes()) {
            throw new Corrupt("bad-value", payload.origin(), "has a header of " + header.value() + " bytes");
        }
        List<Column> columns = new ArrayList<>();
        long value = header.value();
        for (long at = header.end(); at < header.value() && columns.size() < MAX_COLUMNS; ) {
            SqliteVarint type = SqliteVarint.parse(payload, at);
            long length = length(type.value());
            if (length < 0 || length > payload.sizeBytes() - value) {
                throw new Corrupt("bad-value", payload.origin(), "has a column of type " + type.value());
            }
            columns.add(new Column(type.value(), value, length));
            value += length;
            at = type.end();
        }
        return new SqliteRecord(payload, columns);
    }

    private static long length(long type) {
        if (type >= 12) {
            return (type - 12) / 2;
        }
        return switch ((int) Math.max(-1, type)) {
            case 0, 8, 9 -> 0;
            case 1, 2, 3, 4 -> type;
            case 5 -> 6;
            case 6, 7 -> 8;
            default -> -1;
        };
    }

    Optional<String> text(int index) throws Corrupt {
        return index < columns.size() && columns.get(index).isText()
                ? Optional.of(new String(bytes(columns.get(index)), StandardCharsets.UTF_8))
                : Optional.empty();
    }

    Optional<byte[]> blob(int index) throws Corrupt {
        return index < columns.size() && columns.get(index).isBlob()
                ? Optional.of(bytes(columns.get(index)))
                : Optional.empty();
    }

    /** A whole number, sign included; empty for what is none. */
    Optional<Long> number(int index) throws Corrupt {
        if (index >= columns.size()) {
            return Optional.empty();
        }
        Column column = columns.get(index);
        if (column.type >= 8 && column.type <= 9) {
            return Optional.of(column.type - 8);
        }
        if (column.type < 1 || column.type > 6) {
            return Optional.empty();
        }
        long value = 0;
        for (byte next : bytes(column)) {
            value = value << 8 | next & 0xff;
        }
        int unused = 64 - 8 * (int) column.lengthBytes;
        return Optional.of(value << unused >> unused);
    }

    private byte[] bytes(Column column) throws Corrupt {
        return payload.bytes(column.at, column.lengthBytes);
    }
}

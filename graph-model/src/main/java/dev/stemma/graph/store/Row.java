package dev.stemma.graph.store;

import java.time.Instant;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One row of an answer. Nodes and relationships arrive as maps of their properties; ask for what you need instead.
 *
 * @param values by column, in the order of the columns; a value may be null
 */
public record Row(Map<String, @Nullable Object> values) {

    public Row {
        values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
    }

    /** A value that must be there. */
    public Object require(String column) {
        Object value = values.get(column);
        if (value == null) {
            throw new IllegalStateException("column " + column + " is empty; there are " + values.keySet());
        }
        return value;
    }

    /** A value that may be missing. */
    public Optional<Object> find(String column) {
        return Optional.ofNullable(values.get(column));
    }

    /** A text that must be there. */
    public String text(String column) {
        return (String) require(column);
    }

    /** A text that may be missing. */
    public Optional<String> findText(String column) {
        return find(column).map(String.class::cast);
    }

    /** A whole number that must be there. */
    public long number(String column) {
        return ((Number) require(column)).longValue();
    }

    /** A whole number that may be missing. */
    public Optional<Long> findNumber(String column) {
        return find(column).map(value -> ((Number) value).longValue());
    }

    /** A truth value; a missing one is false. */
    public boolean flag(String column) {
        return Boolean.TRUE.equals(values.get(column));
    }

    /** A point in time that may be missing. */
    public Optional<Instant> findInstant(String column) {
        return find(column).map(value -> ((ZonedDateTime) value).toInstant());
    }

    /** A list; a missing one is empty. */
    public List<?> list(String column) {
        return values.get(column) instanceof List<?> list ? list : List.of();
    }

    /** A list of texts; a missing one is empty. */
    public List<String> texts(String column) {
        return list(column).stream().map(String.class::cast).toList();
    }

    /** A list of maps, each as a row of its own; a missing one is empty. */
    public List<Row> rows(String column) {
        List<Row> rows = new ArrayList<>();
        for (Object each : list(column)) {
            Map<String, @Nullable Object> values = new LinkedHashMap<>();
            ((Map<?, ?>) each).forEach((key, value) -> values.put(String.valueOf(key), value));
            rows.add(new Row(values));
        }
        return rows;
    }
}

package dev.stemma.graph.store;

import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.neo4j.driver.Record;
import org.neo4j.driver.Value;
import org.neo4j.driver.types.Entity;
import org.neo4j.driver.types.IsoDuration;
import org.neo4j.driver.types.Path;
import org.neo4j.driver.types.Point;

/** Turns the driver's values into Java's own and back, so that no type of the driver leaves this room. */
final class BoltValue {

    private BoltValue() {}

    static Row row(Record row) {
        Map<String, @Nullable Object> values = new LinkedHashMap<>();
        List<String> columns = row.keys();
        for (int i = 0; i < columns.size(); i++) {
            values.put(columns.get(i), fromDriver(row.get(i)));
        }
        return new Row(values);
    }

    private static @Nullable Object fromDriver(Value value) {
        return plain(value.asObject(), 0);
    }

    private static @Nullable Object plain(@Nullable Object value, int depth) {
        if (depth > Batch.MAX_DEPTH) {
            // A query can nest a list as deep as it likes; our stack is not that deep.
            throw new GraphException(
                    GraphException.Kind.INVALID, "a value of the answer is nested deeper than " + Batch.MAX_DEPTH);
        }
        return switch (value) {
            case null -> null;
            case Entity entity -> map(entity.asMap(), depth);
            case Path path -> path(path, depth);
            case Map<?, ?> map -> map(map, depth);
            case List<?> list -> list(list, depth);
            case Point point -> point(point);
            // Text, numbers, booleans, byte arrays and Java's temporal types stay as they are.
            case IsoDuration duration -> duration.toString();
            case org.neo4j.driver.types.Vector vector -> vector.toString();
            case org.neo4j.driver.types.UnsupportedType type -> type.toString();
            default -> value;
        };
    }

    private static Map<String, @Nullable Object> map(Map<?, ?> map, int depth) {
        Map<String, @Nullable Object> plain = new LinkedHashMap<>();
        map.forEach((key, value) -> plain.put(String.valueOf(key), plain(value, depth + 1)));
        return plain;
    }

    private static List<@Nullable Object> list(List<?> list, int depth) {
        List<@Nullable Object> plain = new ArrayList<>(list.size());
        list.forEach(value -> plain.add(plain(value, depth + 1)));
        return plain;
    }

    private static Map<String, @Nullable Object> path(Path path, int depth) {
        List<@Nullable Object> nodes = new ArrayList<>();
        path.nodes().forEach(node -> nodes.add(plain(node, depth + 1)));
        List<@Nullable Object> relationships = new ArrayList<>();
        path.relationships().forEach(relationship -> relationships.add(plain(relationship, depth + 1)));
        return Map.of("nodes", nodes, "relationships", relationships);
    }

    private static Map<String, @Nullable Object> point(Point point) {
        Map<String, @Nullable Object> plain = new LinkedHashMap<>();
        plain.put("srid", (long) point.srid());
        plain.put("x", point.x());
        plain.put("y", point.y());
        if (!Double.isNaN(point.z())) {
            plain.put("z", point.z());
        }
        return plain;
    }

    /** Parameters as the driver takes them: instants become times in UTC, empty optionals null. */
    static Map<String, @Nullable Object> parameters(Map<String, ?> parameters) {
        Map<String, @Nullable Object> sent = new LinkedHashMap<>();
        parameters.forEach((name, value) -> sent.put(name, toDriver(value)));
        return sent;
    }

    private static @Nullable Object toDriver(@Nullable Object value) {
        return switch (value) {
            case null -> null;
            case Instant instant -> instant.atZone(ZoneOffset.UTC);
            case Optional<?> optional -> toDriver(optional.orElse(null));
            case Map<?, ?> map -> {
                Map<String, @Nullable Object> sent = new LinkedHashMap<>();
                map.forEach((key, each) -> sent.put(String.valueOf(key), toDriver(each)));
                yield sent;
            }
            case Iterable<?> iterable -> {
                List<@Nullable Object> sent = new ArrayList<>();
                iterable.forEach(each -> sent.add(toDriver(each)));
                yield sent;
            }
            default -> value;
        };
    }
}

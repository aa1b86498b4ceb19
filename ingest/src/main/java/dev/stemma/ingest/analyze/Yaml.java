package dev.stemma.ingest.analyze;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.YAMLException;

/**
 * YAML as plain maps, lists and scalars. No tags that make objects, no aliases (they make a page into gigabytes), nesting and length
 * bounded: fit for files of guests. Stateless.
 */
public final class Yaml {

    private static final int MAX_DEPTH = 32;

    private Yaml() {}

    /** The document; empty when it is not YAML, or more of it than is allowed. */
    public static Optional<Object> parse(byte[] text) {
        LoaderOptions options = new LoaderOptions();
        options.setMaxAliasesForCollections(0);
        options.setNestingDepthLimit(MAX_DEPTH);
        options.setCodePointLimit(GuestText.MAX_BYTES);
        options.setAllowDuplicateKeys(true);
        options.setAllowRecursiveKeys(false);
        try {
            return Optional.ofNullable(new org.yaml.snakeyaml.Yaml(new SafeConstructor(options))
                    .load(new String(text, StandardCharsets.UTF_8)));
        } catch (YAMLException | IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** The map under a key of a map; empty when there is none. */
    public static Map<?, ?> map(@Nullable Object node, String key) {
        return node instanceof Map<?, ?> map && map.get(key) instanceof Map<?, ?> inner ? inner : Map.of();
    }

    /** The list under a key of a map, as text; a single value is a list of one. */
    public static List<String> texts(@Nullable Object node, String key) {
        if (!(node instanceof Map<?, ?> map)) {
            return List.of();
        }
        Object value = map.get(key);
        if (value instanceof List<?> list) {
            return list.stream()
                    .map(item -> item instanceof Map<?, ?> one && one.size() == 1
                            ? String.valueOf(one.keySet().iterator().next())
                            : String.valueOf(item))
                    .toList();
        }
        return value == null || value instanceof Map<?, ?> ? List.of() : List.of(value.toString());
    }
}

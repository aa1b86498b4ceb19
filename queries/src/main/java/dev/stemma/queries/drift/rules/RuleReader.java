package dev.stemma.queries.drift.rules;

import dev.stemma.queries.drift.rules.DriftRules.Aspect;
import dev.stemma.queries.drift.rules.DriftRules.FileWeight;
import dev.stemma.queries.drift.rules.DriftRules.Noise;
import dev.stemma.queries.drift.rules.DriftRules.PackageWeight;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.YAMLException;

/** Reads rules strictly: what it does not know is an error, since a rule with a slip in it would answer wrong in silence. */
final class RuleReader {

    private static final int MAX_CHARACTERS = 1 << 20;
    private static final String CORE = "core packages";
    private static final String EXPIRED = "expired certificate";
    private static final Set<String> PARTS = Set.of("version", "noise", "files", "aspects", "packages", "system");

    private RuleReader() {}

    static DriftRules read(String yaml) {
        LoaderOptions options = new LoaderOptions();
        options.setMaxAliasesForCollections(0);
        options.setCodePointLimit(MAX_CHARACTERS);
        options.setAllowDuplicateKeys(false);
        Object document;
        try {
            document = new Yaml(new SafeConstructor(options)).load(yaml);
        } catch (YAMLException e) {
            throw new IllegalArgumentException("not YAML: " + e.getMessage(), e);
        }
        Map<String, Object> parts = map("the rules", document);
        require("the rules", parts.keySet(), PARTS);
        Map<String, Object> packages = new HashMap<>(map("packages", parts.get("packages")));
        List<Pattern> core = texts(CORE, packages.remove(CORE)).stream()
                .map(RuleReader::name)
                .toList();
        Map<String, Object> system = new HashMap<>(map("system", parts.get("system")));
        double expired = weight(EXPIRED, system.remove(EXPIRED));
        Map<String, List<Double>> areas = new HashMap<>();
        system.forEach((area, weights) -> areas.put(area, three(area, weights)));
        List<Noise> noise = noise(map("noise", parts.get("noise")));
        List<FileWeight> files = files(parts.get("files"));
        return new DriftRules(
                version(parts.get("version")),
                noise,
                files,
                weights("aspects", Aspect.class, map("aspects", parts.get("aspects"))),
                weights("packages", PackageWeight.class, packages),
                core,
                areas,
                expired,
                yaml,
                DriftRules.Tables.of(noise, files));
    }

    private static int version(@Nullable Object value) {
        if (value instanceof Integer number && number > 0) {
            return number;
        }
        throw new IllegalArgumentException("version is a number from 1, not " + value);
    }

    private static List<Noise> noise(Map<String, Object> rules) {
        List<Noise> noise = new ArrayList<>();
        rules.forEach((name, rule) -> {
            Map<String, Object> parts = map(name, rule);
            boolean programs = Boolean.TRUE.equals(parts.remove("programs"));
            require(name, parts.keySet(), Set.of("why", "paths"));
            noise.add(new Noise(name, text(name, parts.get("why")), programs, paths(name, parts.get("paths"))));
        });
        return noise;
    }

    private static List<FileWeight> files(@Nullable Object rules) {
        if (!(rules instanceof List<?> list)) {
            throw new IllegalArgumentException("files is a list");
        }
        List<FileWeight> files = new ArrayList<>();
        for (Object rule : list) {
            String where = "files, rule " + (files.size() + 1);
            Map<String, Object> parts = map(where, rule);
            require(where, parts.keySet(), Set.of("weight", "why", "paths"));
            files.add(new FileWeight(
                    weight(where, parts.get("weight")),
                    text(where, parts.get("why")),
                    paths(where, parts.get("paths"))));
        }
        return files;
    }

    private static <E extends Enum<E>> Map<E, Double> weights(String where, Class<E> words, Map<String, Object> given) {
        Map<E, Double> weights = new EnumMap<>(words);
        for (E word : Objects.requireNonNull(words.getEnumConstants())) {
            weights.put(word, weight(where, given.get(word.name().toLowerCase(Locale.ROOT))));
        }
        require(
                where,
                given.keySet(),
                weights.keySet().stream()
                        .map(word -> word.name().toLowerCase(Locale.ROOT))
                        .collect(Collectors.toSet()));
        return weights;
    }

    private static List<Double> three(String where, @Nullable Object value) {
        if (value instanceof List<?> list && list.size() == 3) {
            return list.stream().map(weight -> weight(where, weight)).toList();
        }
        throw new IllegalArgumentException(where + " has three weights: added, removed, changed");
    }

    private static double weight(String where, @Nullable Object value) {
        if (value instanceof Number number && number.doubleValue() >= 0 && number.doubleValue() <= 1) {
            return number.doubleValue();
        }
        throw new IllegalArgumentException(where + ": a weight is a number from 0 to 1, not " + value);
    }

    private static List<PathPattern> paths(String where, @Nullable Object value) {
        return texts(where, value).stream().map(PathPattern::of).toList();
    }

    private static List<String> texts(String where, @Nullable Object value) {
        if (value instanceof List<?> list && list.stream().allMatch(String.class::isInstance)) {
            return list.stream().map(String.class::cast).toList();
        }
        throw new IllegalArgumentException(where + ": a list of texts is wanted, not " + value);
    }

    private static String text(String where, @Nullable Object value) {
        if (value instanceof String text && !text.isBlank()) {
            return text;
        }
        throw new IllegalArgumentException(where + ": a text is wanted, not " + value);
    }

    private static Map<String, Object> map(String where, @Nullable Object value) {
        if (!(value instanceof Map<?, ?> map)) {
            throw new IllegalArgumentException(where + ": a map is wanted, not " + value);
        }
        Map<String, Object> parts = new LinkedHashMap<>();
        map.forEach((key, part) -> parts.put(String.valueOf(key), part));
        return parts;
    }

    private static void require(String where, Set<String> given, Set<String> known) {
        if (!given.equals(known)) {
            throw new IllegalArgumentException(
                    where + " has " + known.stream().sorted().toList() + ", not "
                            + given.stream().sorted().toList());
        }
    }

    /** A name in which a star stands for any characters. */
    private static Pattern name(String text) {
        return Pattern.compile(
                Arrays.stream(text.split("\\*", -1)).map(Pattern::quote).collect(Collectors.joining(".*")));
    }
}

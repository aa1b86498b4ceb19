package dev.stemma.ingest.text;

import dev.stemma.ingest.analyze.Yaml;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What is secret, from a data file that says its own form. Immutable.
 *
 * @param name with the version, as kept texts name them: {@code secrets/1}
 */
record SecretRules(String name, List<Rule> rules) {

    /** Those that come with Stemma. */
    static final SecretRules SHIPPED = shipped();

    SecretRules {
        rules = List.copyOf(rules);
    }

    /** One rule; its id is shown in the place of what it found. */
    sealed interface Rule {
        String id();
    }

    /** Lines from one to another. */
    record Block(String id, Pattern from, Pattern to) implements Rule {}

    /** @param grouped whether a group {@code secret} says what of the match is secret */
    record Match(String id, Pattern pattern, boolean grouped) implements Rule {}

    /** @throws IllegalArgumentException when the file is not in its form */
    static SecretRules parse(byte[] yaml) {
        Object document = Yaml.parse(yaml).orElseThrow(() -> new IllegalArgumentException("not YAML"));
        List<Rule> rules = new ArrayList<>();
        Yaml.map(document, "rules").forEach((id, rule) -> rules.add(rule(String.valueOf(id), rule)));
        List<String> version = Yaml.texts(document, "version");
        if (version.size() != 1 || rules.isEmpty()) {
            throw new IllegalArgumentException("no version, or no rules");
        }
        return new SecretRules("secrets/" + version.getFirst(), rules);
    }

    private static Rule rule(String id, @Nullable Object rule) {
        Optional<Pattern> pattern = pattern(rule, "pattern");
        if (pattern.isPresent()) {
            return new Match(id, pattern.get(), pattern.get().namedGroups().containsKey("secret"));
        }
        return new Block(
                id,
                pattern(rule, "from").orElseThrow(() -> new IllegalArgumentException(id + " has no pattern")),
                pattern(rule, "to").orElseThrow(() -> new IllegalArgumentException(id + " has no end")));
    }

    private static Optional<Pattern> pattern(@Nullable Object rule, String key) {
        return rule instanceof Map<?, ?> map && map.get(key) instanceof String text
                ? Optional.of(Pattern.compile(text))
                : Optional.empty();
    }

    private static SecretRules shipped() {
        try (InputStream in = SecretRules.class.getResourceAsStream("secrets.yaml")) {
            if (in == null) {
                throw new IllegalStateException("secrets.yaml is missing");
            }
            return parse(in.readAllBytes());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

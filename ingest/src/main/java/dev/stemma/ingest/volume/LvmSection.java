package dev.stemma.ingest.volume;

import dev.stemma.ingest.problem.Corrupt;
import dev.stemma.ingest.problem.Origin;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A section of LVM2's text metadata: named values and named sections, each name once. Filled by its parser, then only read. */
final class LvmSection {

    private final Origin origin;
    private final Map<String, LvmSection> sections = new LinkedHashMap<>();
    private final Map<String, List<String>> values = new LinkedHashMap<>();

    LvmSection(Origin origin) {
        this.origin = origin;
    }

    Origin origin() {
        return origin;
    }

    /** Begins a section within this one. */
    LvmSection open(String name) throws Corrupt {
        LvmSection inner = new LvmSection(origin.within(name));
        requireNew(sections.put(name, inner), name);
        return inner;
    }

    void put(String name, List<String> value) throws Corrupt {
        requireNew(values.put(name, List.copyOf(value)), name);
    }

    private void requireNew(@org.jspecify.annotations.Nullable Object before, String name) throws Corrupt {
        if (before != null) {
            throw new Corrupt("bad-value", origin, "has " + name + " twice");
        }
    }

    /** The sections within, in their order. */
    Map<String, LvmSection> sections() {
        return sections;
    }

    Optional<LvmSection> find(String name) {
        return Optional.ofNullable(sections.get(name));
    }

    /** The values of a list or a single value; empty where there is none. */
    List<String> list(String name) {
        return values.getOrDefault(name, List.of());
    }

    /** @throws Corrupt {@code bad-value} when it is missing */
    String text(String name) throws Corrupt {
        List<String> list = list(name);
        if (list.size() != 1) {
            throw new Corrupt("bad-value", origin, "has no " + name);
        }
        return list.getFirst();
    }

    /** @throws Corrupt {@code bad-value} when it is missing or not between 0 and a limit */
    long number(String name, long limit) throws Corrupt {
        return number(name, text(name), limit);
    }

    long number(String name, String text, long limit) throws Corrupt {
        try {
            long value = Long.parseLong(text);
            if (value >= 0 && value <= limit) {
                return value;
            }
        } catch (NumberFormatException e) {
            throw new Corrupt("bad-value", origin, name + " is no number", null, e);
        }
        throw new Corrupt("bad-value", origin, name + " is " + text + ", which must be from 0 to " + limit);
    }
}

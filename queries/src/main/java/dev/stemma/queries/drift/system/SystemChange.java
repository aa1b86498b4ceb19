package dev.stemma.queries.drift.system;

import java.util.List;
import java.util.Optional;

/**
 * Something that a machine is, or has, that is not the same on both sides.
 *
 * @param area {@code service}, {@code account}, {@code boot}, …
 * @param name what of it: {@code nginx.service}, {@code root}; the area itself where there is but one
 * @param properties what differs; of what came or went all that is known
 */
public record SystemChange(Kind kind, String area, String name, List<Property> properties) {

    public SystemChange {
        properties = List.copyOf(properties);
    }

    /** As people would call it: {@code service nginx.service}; the area alone where there is but one. */
    public String title() {
        return area.equals(name) ? area : area + " " + name;
    }

    /** What happened to it. */
    public enum Kind {
        ADDED,
        REMOVED,
        CHANGED
    }

    /**
     * One thing that is said of it.
     *
     * @param from empty where it was not said, or nothing was there
     * @param to empty where it is not said any more, or nothing is there
     */
    public record Property(String name, Optional<String> from, Optional<String> to) {}
}

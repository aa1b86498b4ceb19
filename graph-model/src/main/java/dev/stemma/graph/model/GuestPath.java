package dev.stemma.graph.model;

import java.util.ArrayList;
import java.util.List;

/**
 * An absolute path inside one file system of a guest: names from the root down, without {@code .}, {@code ..} or empty
 * names. It is never a path of the host.
 *
 * @param names from the root down; empty for the root itself
 */
public record GuestPath(List<GuestName> names) implements Comparable<GuestPath> {

    /** The root directory, {@code /}. */
    public static final GuestPath ROOT = new GuestPath(List.of());

    public GuestPath {
        names = List.copyOf(names);
    }

    /**
     * Reads the escaped form of an absolute path. {@code .} and doubled slashes are dropped, {@code ..} goes up and stops at the root.
     *
     * @throws IllegalArgumentException when it does not start with a slash, or on a bad escape
     */
    public static GuestPath parse(String escaped) {
        if (!escaped.startsWith("/")) {
            throw new IllegalArgumentException("a path inside an image starts with '/': " + escaped);
        }
        List<GuestName> names = new ArrayList<>();
        for (String part : escaped.split("/", -1)) {
            switch (part) {
                case "", "." -> {}
                case ".." -> {
                    if (!names.isEmpty()) {
                        names.removeLast();
                    }
                }
                default -> names.add(GuestName.parse(part));
            }
        }
        return new GuestPath(names);
    }

    /** The path of a child. */
    public GuestPath child(GuestName name) {
        GuestName[] longer = names.toArray(new GuestName[names.size() + 1]);
        longer[names.size()] = name;
        return new GuestPath(List.of(longer));
    }

    /** This path with another below it, as what lies in a file system appears where that is mounted. */
    public GuestPath below(GuestPath rest) {
        if (depth() == 0 || rest.depth() == 0) {
            return depth() == 0 ? rest : this;
        }
        List<GuestName> all = new ArrayList<>(names);
        all.addAll(rest.names);
        return new GuestPath(all);
    }

    /** The path of the directory above; the root's is the root. */
    public GuestPath parent() {
        return names.isEmpty() ? this : new GuestPath(names.subList(0, names.size() - 1));
    }

    /** The last name; {@link GuestName#EMPTY} for the root. */
    public GuestName name() {
        return names.isEmpty() ? GuestName.EMPTY : names.getLast();
    }

    /** How many names deep; 0 for the root. */
    public int depth() {
        return names.size();
    }

    /** The one text form: {@code /} before each escaped name. */
    public String escaped() {
        if (names.isEmpty()) {
            return "/";
        }
        StringBuilder text = new StringBuilder();
        for (GuestName name : names) {
            text.append('/').append(name.escaped());
        }
        return text.toString();
    }

    /** Depth first, names bytewise: the order in which an image is walked. */
    @Override
    public int compareTo(GuestPath other) {
        int common = Math.min(names.size(), other.names.size());
        for (int i = 0; i < common; i++) {
            int order = names.get(i).compareTo(other.names.get(i));
            if (order != 0) {
                return order;
            }
        }
        return Integer.compare(names.size(), other.names.size());
    }

    @Override
    public String toString() {
        return escaped();
    }
}

package dev.stemma.graph.model;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;

/**
 * An absolute path inside one file system of a guest: names from the root down, without {@code .}, {@code ..} or empty
 * names. It is never a path of the host.
 *
 * <p>An index run looks each of an image's paths up several times, so that a path knows its hash, and is compared from its
 * last name upwards, where paths differ.
 */
public final class GuestPath implements Comparable<GuestPath> {

    private static final int ROOT_HASH = 1;

    /** The root directory, {@code /}. */
    public static final GuestPath ROOT = new GuestPath(new GuestName[0], ROOT_HASH);

    /** The golden ratio as a fraction of 32 bits: names that differ little lie far apart, whatever their depth. */
    private static final int SPREAD = 0x9e3779b9;

    private final GuestName[] names;
    private final int hash;

    /** @param names from the root down; empty for the root itself */
    public GuestPath(List<GuestName> names) {
        this(names.toArray(new GuestName[0]));
    }

    private GuestPath(GuestName[] names) {
        this(names, hash(names));
    }

    /** @param hash as {@link #hash(GuestName[])} has it */
    private GuestPath(GuestName[] names, int hash) {
        this.names = names;
        this.hash = hash;
    }

    private static int hash(GuestName[] names) {
        int hash = ROOT_HASH;
        for (GuestName name : names) {
            hash = hash(hash, name);
        }
        return hash;
    }

    private static int hash(int above, GuestName name) {
        return Integer.rotateLeft((above ^ name.hashCode()) * SPREAD, 13);
    }

    /** From the root down; empty for the root itself. */
    public List<GuestName> names() {
        return Collections.unmodifiableList(Arrays.asList(names));
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
        GuestName[] longer = Arrays.copyOf(names, names.length + 1);
        longer[names.length] = name;
        return new GuestPath(longer, hash(hash, name));
    }

    /** This path with another below it, as what lies in a file system appears where that is mounted. */
    public GuestPath below(GuestPath rest) {
        if (depth() == 0 || rest.depth() == 0) {
            return depth() == 0 ? rest : this;
        }
        GuestName[] all = Arrays.copyOf(names, names.length + rest.names.length);
        System.arraycopy(rest.names, 0, all, names.length, rest.names.length);
        return new GuestPath(all);
    }

    /** The path of the directory above; the root's is the root. */
    public GuestPath parent() {
        return names.length == 0 ? this : new GuestPath(Arrays.copyOf(names, names.length - 1));
    }

    /** The last name; {@link GuestName#EMPTY} for the root. */
    public GuestName name() {
        return names.length == 0 ? GuestName.EMPTY : names[names.length - 1];
    }

    /** How many names deep; 0 for the root. */
    public int depth() {
        return names.length;
    }

    /** The one text form: {@code /} before each escaped name. */
    public String escaped() {
        if (names.length == 0) {
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
        return Arrays.compare(names, other.names);
    }

    @Override
    public boolean equals(Object other) {
        if (!(other instanceof GuestPath path) || hash != path.hash || names.length != path.names.length) {
            return false;
        }
        for (int i = names.length - 1; i >= 0; i--) {
            if (!names[i].equals(path.names[i])) {
                return false;
            }
        }
        return true;
    }

    @Override
    public int hashCode() {
        return hash;
    }

    @Override
    public String toString() {
        return escaped();
    }
}

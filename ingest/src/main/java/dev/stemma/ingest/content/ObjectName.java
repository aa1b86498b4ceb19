package dev.stemma.ingest.content;

import dev.stemma.graph.id.Digest;

/** An object's name; a chunk and a recipe of one digest are two objects. */
record ObjectName(ObjectKind kind, Digest digest) implements Comparable<ObjectName> {

    @Override
    public int compareTo(ObjectName other) {
        int order = digest.compareTo(other.digest);
        return order != 0 ? order : kind.compareTo(other.kind);
    }

    @Override
    public String toString() {
        return kind.name().toLowerCase(java.util.Locale.ROOT) + " " + digest;
    }
}

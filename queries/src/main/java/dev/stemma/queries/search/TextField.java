package dev.stemma.queries.search;

/** A text by which people know an image. */
public enum TextField {
    /** All of the others. */
    ANYWHERE("anywhere"),
    NAME("name"),
    DESCRIPTION("description"),
    LOCATION("location"),
    /** Distribution and full name of the systems found inside. */
    OS("os"),
    /** Version and patch level of the systems found inside. */
    OS_VERSION("osVersion");

    private final String indexField;

    TextField(String indexField) {
        this.indexField = indexField;
    }

    String indexField() {
        return indexField;
    }

    /** Whether it is told by what lies inside. */
    boolean inside() {
        return this == OS || this == OS_VERSION;
    }
}

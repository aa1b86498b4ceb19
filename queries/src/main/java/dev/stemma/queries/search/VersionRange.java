package dev.stemma.queries.search;

/**
 * The versions that stand in a relation to one, by the order of the package manager that knows them ({@link
 * dev.stemma.queries.version.VersionOrder}).
 */
public record VersionRange(Relation relation, String version) {

    /** How a version must stand to the one named. */
    public enum Relation {
        BEFORE("<"),
        UP_TO("<="),
        EXACTLY("="),
        FROM(">="),
        AFTER(">");

        private final String sign;

        Relation(String sign) {
            this.sign = sign;
        }

        /** {@code <}, {@code <=}, {@code =}, {@code >=}, {@code >}. */
        public String sign() {
            return sign;
        }
    }
}

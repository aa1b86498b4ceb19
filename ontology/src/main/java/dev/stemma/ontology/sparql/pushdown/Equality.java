package dev.stemma.ontology.sparql.pushdown;

import dev.stemma.ontology.mapping.Datatype;

/** Sameness of two values of one datatype as terms, in Cypher. */
final class Equality {

    private Equality() {}

    /** Times are the same when their instants are, whatever their zones say, which {@code =} in Cypher would ask too. */
    static String same(Datatype datatype, String a, String b) {
        return switch (datatype) {
            case TEXT, INTEGER, NUMBER, FLAG -> a + " = " + b;
            case TIME ->
                "(" + a + ".epochSeconds = " + b + ".epochSeconds AND " + a + ".nanosecond = " + b + ".nanosecond)";
        };
    }

    /** Sameness where both may be absent, and an empty text is as good as none. */
    static String sameOrAbsent(Datatype datatype, String a, String b) {
        return switch (datatype) {
            case TEXT -> "coalesce(" + a + ", '') = " + b;
            case INTEGER, NUMBER, FLAG, TIME -> same(datatype, a, b);
        };
    }
}

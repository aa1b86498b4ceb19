package dev.stemma.queries.lineage;

import dev.stemma.graph.id.Digest;
import dev.stemma.queries.problem.QueryProblem;

/** What an image may have of its ancestors. */
public sealed interface Thing {

    /**
     * A package, in whatever version.
     *
     * @param name of 1 to 1,000 characters
     */
    record PackageNamed(String name) implements Thing {
        /**
         * @throws QueryProblem {@code INVALID} when the name is empty or too long
         */
        public PackageNamed {
            if (name.isBlank() || name.length() > 1_000) {
                throw new QueryProblem(QueryProblem.Code.INVALID, "a package's name has 1 to 1000 characters");
            }
        }
    }

    /** A file of this very content, wherever it lies. */
    record FileContent(Digest digest) implements Thing {}
}

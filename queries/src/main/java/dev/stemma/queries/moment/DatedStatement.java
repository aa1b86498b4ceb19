package dev.stemma.queries.moment;

import dev.stemma.graph.store.Statement;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * A question in two texts: of now, and as of a moment. They are planned apart, so that the usual one pays nothing for the other.
 *
 * @param then has the parameter {@code at}
 */
public record DatedStatement(Statement now, Statement then) {

    /**
     * The named queries {@code NAME.cypher} and {@code NAME-at.cypher}.
     *
     * @param owner a class of the module that they belong to
     * @param name {@code lineage/parents}
     */
    public static DatedStatement named(Class<?> owner, String name) {
        return new DatedStatement(
                Statement.named(owner, name + ".cypher"), Statement.named(owner, name + "-at.cypher"));
    }

    /** The text that fits, with its parameters. */
    public Statement with(Map<String, Object> parameters, Optional<AsOf> at) {
        if (at.isEmpty()) {
            return now.with(parameters);
        }
        Map<String, Object> dated = new HashMap<>(parameters);
        dated.put("at", at.get().instant());
        return then.with(dated);
    }
}

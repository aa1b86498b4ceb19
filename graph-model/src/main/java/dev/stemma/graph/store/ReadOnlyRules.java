package dev.stemma.graph.store;

import dev.stemma.graph.store.CypherToken.Kind;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.neo4j.driver.summary.Plan;
import org.neo4j.driver.summary.QueryType;
import org.neo4j.driver.summary.ResultSummary;

/** What a statement from outside may not do, told from its text and from its plan. Either of the two refuses. */
final class ReadOnlyRules {

    private static final int MAX_CHARACTERS = 65_536;
    private static final int MAX_NESTING = 200;

    /** Procedures that read the graph and nothing else. All others are refused, those of plug-ins among them. */
    private static final Set<String> PROCEDURES = Set.of(
            "DB.LABELS",
            "DB.RELATIONSHIPTYPES",
            "DB.PROPERTYKEYS",
            "DB.SCHEMA.VISUALIZATION",
            "DB.SCHEMA.NODETYPEPROPERTIES",
            "DB.SCHEMA.RELTYPEPROPERTIES",
            "DB.INDEX.FULLTEXT.QUERYNODES",
            "DB.INDEX.FULLTEXT.QUERYRELATIONSHIPS",
            "DB.INDEX.VECTOR.QUERYNODES",
            "DB.INDEX.VECTOR.QUERYRELATIONSHIPS");

    /** What may follow a variable that happens to be named {@code show} or {@code terminate}. */
    private static final Set<String> AFTER_A_VARIABLE = Set.of(
            "AND",
            "AS",
            "ASC",
            "ASCENDING",
            "CONTAINS",
            "DESC",
            "DESCENDING",
            "ELSE",
            "END",
            "ENDS",
            "FILTER",
            "IN",
            "IS",
            "LIMIT",
            "MATCH",
            "NEXT",
            "OFFSET",
            "OPTIONAL",
            "OR",
            "ORDER",
            "RETURN",
            "SKIP",
            "STARTS",
            "THEN",
            "UNION",
            "UNWIND",
            "WHEN",
            "WHERE",
            "WITH",
            "XOR");

    private ReadOnlyRules() {}

    /** Looks at the text alone. */
    static void checkText(String cypher) {
        if (cypher.length() > MAX_CHARACTERS) {
            throw new GraphException(
                    GraphException.Kind.INVALID, "a query has at most " + MAX_CHARACTERS + " characters");
        }
        List<CypherToken> tokens = CypherToken.of(cypher);
        if (tokens.isEmpty()) {
            throw new GraphException(GraphException.Kind.INVALID, "the query is empty");
        }
        String first = tokens.getFirst().text();
        if (first.equals("CYPHER") || first.equals("EXPLAIN") || first.equals("PROFILE")) {
            throw refused("it starts with " + first + "; queries are Cypher 25 and are run as they are");
        }
        checkNesting(tokens);
        for (int i = 0; i < tokens.size(); i++) {
            CypherToken next = i + 1 < tokens.size() ? tokens.get(i + 1) : new CypherToken(Kind.SYMBOL, "");
            switch (tokens.get(i).text()) {
                case "LOAD" -> {
                    if (next.is("CSV")) {
                        throw refused("LOAD CSV reads files and addresses of the server");
                    }
                }
                case "SHOW", "TERMINATE" -> {
                    if (next.kind() == Kind.WORD && !AFTER_A_VARIABLE.contains(next.text())) {
                        throw refused(tokens.get(i).text() + " " + next.text() + " is a command to the server");
                    }
                }
                case "CALL" -> checkCall(tokens, i + 1);
                case "USE" -> {
                    if (next.kind() != Kind.SYMBOL) {
                        throw refused("USE reaches another database");
                    }
                }
                default -> {}
            }
        }
    }

    private static void checkNesting(List<CypherToken> tokens) {
        int depth = 0;
        for (CypherToken token : tokens) {
            depth += switch (token.text()) {
                case "(", "[", "{" -> 1;
                case ")", "]", "}" -> -1;
                default -> 0;
            };
            if (depth > MAX_NESTING) {
                throw new GraphException(
                        GraphException.Kind.INVALID, "the query nests brackets deeper than " + MAX_NESTING);
            }
        }
    }

    /** {@code CALL { … }} and {@code CALL (x) { … }} are subqueries; after a name, it is a procedure. */
    private static void checkCall(List<CypherToken> tokens, int at) {
        StringBuilder name = new StringBuilder();
        for (int i = at; i < tokens.size(); i++) {
            CypherToken token = tokens.get(i);
            switch (token.kind()) {
                case WORD -> name.append(token.text());
                case QUOTED_NAME -> name.append('`');
                case TEXT -> {
                    return;
                }
                case SYMBOL -> {
                    if (!token.is(".")) {
                        checkProcedure(name.toString());
                        return;
                    }
                    name.append('.');
                }
            }
            // "CALL db.labels YIELD label": a word after a word ends the name.
            boolean ends = i + 1 == tokens.size()
                    || token.kind() == Kind.WORD && tokens.get(i + 1).kind() != Kind.SYMBOL;
            if (ends) {
                checkProcedure(name.toString());
                return;
            }
        }
    }

    private static void checkProcedure(String name) {
        if (!name.isEmpty() && !PROCEDURES.contains(name)) {
            throw refused(
                    "the procedure " + name.toLowerCase(Locale.ROOT) + " is not among those that only read the graph");
        }
    }

    /** Looks at what the server would do. */
    static void checkPlan(ResultSummary explained) {
        if (explained.queryType() != QueryType.READ_ONLY) {
            throw refused("it changes the graph or the server");
        }
        Plan plan = explained
                .queryPlan()
                .orElseThrow(
                        () -> new GraphException(GraphException.Kind.FAILED, "the server did not explain the query"));
        checkOperator(plan);
    }

    private static void checkOperator(Plan plan) {
        String operator = plan.operatorType();
        if (operator.startsWith("LoadCSV")) {
            throw refused("LOAD CSV reads files and addresses of the server");
        }
        if (operator.startsWith("Show") || operator.startsWith("Terminate") || operator.startsWith("Administration")) {
            throw refused("it is a command to the server");
        }
        plan.children().forEach(ReadOnlyRules::checkOperator);
    }

    private static GraphException refused(String why) {
        return new GraphException(
                GraphException.Kind.READ_ONLY, "only queries that read the graph are allowed here: " + why);
    }
}

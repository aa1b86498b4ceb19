package dev.stemma.graph.store;

import java.util.regex.Pattern;

/** What must be known of a statement's text before the server sees it. */
final class CypherText {

    private static final Pattern BLANK_OR_COMMENT = Pattern.compile("(?s)\\A(?:\\s+|//[^\\n\\r]*|/\\*.*?\\*/)++");
    private static final Pattern VERSIONED = Pattern.compile("(?i)\\ACYPHER\\b.*", Pattern.DOTALL);

    private CypherText() {}

    /** The text with a language version before it, where it states none; a server's default may be an older one. */
    static String versioned(String cypher) {
        return VERSIONED.matcher(body(cypher)).matches() ? cypher : "CYPHER 25 " + cypher;
    }

    private static String body(String cypher) {
        return BLANK_OR_COMMENT.matcher(cypher).replaceFirst("");
    }
}

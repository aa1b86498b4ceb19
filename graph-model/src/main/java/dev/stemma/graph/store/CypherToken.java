package dev.stemma.graph.store;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A piece of Cypher text, as far as it must be known to refuse what a plan does not show (a subquery inside a list
 * comprehension is in no plan). Comments and the contents of strings are left out.
 *
 * @param kind what it is
 * @param text a word in upper case, or a single symbol; empty for texts and quoted names
 */
record CypherToken(Kind kind, String text) {

    enum Kind {
        WORD,
        QUOTED_NAME,
        TEXT,
        SYMBOL
    }

    /** The server reads these escapes before anything else, so that they may spell a keyword or end a string. */
    private static final Pattern UNICODE_ESCAPE = Pattern.compile("\\\\u+([0-9a-fA-F]{4})");

    private static final Pattern TOKEN = Pattern.compile("(?s)//[^\\n\\r]*+|/\\*.*?(?:\\*/|\\z)|[\\s\\p{Z}\\p{C}]++"
            + "|(?<text>'(?:[^'\\\\]|\\\\.)*+'?|\"(?:[^\"\\\\]|\\\\.)*+\"?)"
            + "|(?<quoted>`(?:[^`]|``)*+`?)"
            + "|(?<word>[\\p{L}_\\p{Pc}\\p{Nl}][\\p{L}\\p{N}\\p{Pc}\\p{M}\\p{Sc}]*+)"
            + "|(?<symbol>.)");

    boolean is(String word) {
        return text.equals(word);
    }

    static List<CypherToken> of(String cypher) {
        String decoded = UNICODE_ESCAPE
                .matcher(cypher)
                .replaceAll(
                        match -> Matcher.quoteReplacement(String.valueOf((char) Integer.parseInt(match.group(1), 16))));
        List<CypherToken> tokens = new ArrayList<>();
        Matcher matcher = TOKEN.matcher(decoded);
        while (matcher.find()) {
            String word = matcher.group("word");
            String symbol = matcher.group("symbol");
            if (word != null) {
                tokens.add(new CypherToken(Kind.WORD, word.toUpperCase(Locale.ROOT)));
            } else if (matcher.group("quoted") != null) {
                tokens.add(new CypherToken(Kind.QUOTED_NAME, ""));
            } else if (matcher.group("text") != null) {
                tokens.add(new CypherToken(Kind.TEXT, ""));
            } else if (symbol != null) {
                tokens.add(new CypherToken(Kind.SYMBOL, symbol));
            }
        }
        return tokens;
    }
}

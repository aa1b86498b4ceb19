package dev.stemma.ontology.vocabulary;

import java.util.Locale;

/** The words of Stemma's vocabulary. */
public final class Stemma {

    /** What each term's IRI starts with. */
    public static final String NS = "https://stemma.dev/ns#";

    private Stemma() {}

    /** The IRI of a term. */
    public static String term(String localName) {
        return NS + localName;
    }

    /** A relationship type as the local name of its property: {@code HAS_INVENTORY} is {@code hasInventory}. */
    public static String lowerCamel(String type) {
        StringBuilder name = new StringBuilder(type.length());
        for (String word : type.toLowerCase(Locale.ROOT).split("_", -1)) {
            name.append(name.isEmpty() ? word : word.substring(0, 1).toUpperCase(Locale.ROOT) + word.substring(1));
        }
        return name.toString();
    }
}

package dev.stemma.ontology.sparql;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** The formats of answers, as the W3C defined them. */
public enum SparqlFormat {
    /** SPARQL 1.1 Query Results JSON. */
    JSON("json", "application/sparql-results+json", false),
    /** SPARQL Query Results XML. */
    XML("xml", "application/sparql-results+xml", false),
    /** SPARQL 1.1 Query Results CSV; plain values, kinds of terms are lost. */
    CSV("csv", "text/csv", false),
    /** SPARQL 1.1 Query Results TSV; terms as in Turtle. */
    TSV("tsv", "text/tab-separated-values", false),
    /** Turtle. */
    TURTLE("turtle", "text/turtle", true),
    /** N-Triples. */
    N_TRIPLES("ntriples", "application/n-triples", true),
    /** JSON-LD 1.1; the only format that is collected before it is written. */
    JSON_LD("jsonld", "application/ld+json", true);

    private final String word;
    private final String mediaType;
    private final boolean triples;

    SparqlFormat(String word, String mediaType, boolean triples) {
        this.word = word;
        this.mediaType = mediaType;
        this.triples = triples;
    }

    /** The word on the command line. */
    public String word() {
        return word;
    }

    /** The media type, without parameters. All are UTF-8. */
    public String mediaType() {
        return mediaType;
    }

    /** Whether it holds triples (CONSTRUCT, DESCRIBE); otherwise it holds rows or a truth value (SELECT, ASK). */
    public boolean triples() {
        return triples;
    }

    /** Reads {@link #word()} or {@link #mediaType()}. */
    public static Optional<SparqlFormat> parse(String text) {
        return Arrays.stream(values())
                .filter(format -> format.word.equalsIgnoreCase(text) || format.mediaType.equalsIgnoreCase(text))
                .findFirst();
    }

    /** The formats that hold triples, or those that hold rows, the usual one first. */
    public static List<SparqlFormat> holding(boolean triples) {
        return Arrays.stream(values())
                .filter(format -> format.triples == triples)
                .toList();
    }
}

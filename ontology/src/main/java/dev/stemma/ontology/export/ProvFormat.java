package dev.stemma.ontology.export;

import java.util.Arrays;
import java.util.Optional;

/** The formats that provenance is written in. */
public enum ProvFormat {
    /** PROV-O in Turtle. */
    TURTLE("turtle", "text/turtle"),
    /** PROV-O in JSON-LD. */
    JSON_LD("jsonld", "application/ld+json"),
    /** PROV-JSON (W3C member submission), for tools that do not read RDF. */
    PROV_JSON("prov-json", "application/json");

    private final String word;
    private final String mediaType;

    ProvFormat(String word, String mediaType) {
        this.word = word;
        this.mediaType = mediaType;
    }

    /** The word on the command line. */
    public String word() {
        return word;
    }

    /** The media type, without parameters. All are UTF-8. */
    public String mediaType() {
        return mediaType;
    }

    /** Reads {@link #word()} or {@link #mediaType()}. */
    public static Optional<ProvFormat> parse(String text) {
        return Arrays.stream(values())
                .filter(format -> format.word.equalsIgnoreCase(text) || format.mediaType.equalsIgnoreCase(text))
                .findFirst();
    }
}

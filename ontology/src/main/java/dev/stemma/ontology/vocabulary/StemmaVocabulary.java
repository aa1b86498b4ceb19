package dev.stemma.ontology.vocabulary;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import org.apache.jena.rdf.model.Model;
import org.apache.jena.rdf.model.ModelFactory;
import org.apache.jena.riot.Lang;
import org.apache.jena.riot.RDFDataMgr;

/** The vocabulary as it is published. */
public final class StemmaVocabulary {

    private static final String RESOURCE = "/dev/stemma/ontology/stemma.ttl";

    private StemmaVocabulary() {}

    /** The Turtle text, to be served at the vocabulary's address. */
    public static String turtle() {
        try (InputStream in = open()) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The vocabulary, read anew; the caller may change it. */
    public static Model model() {
        Model model = ModelFactory.createDefaultModel();
        try (InputStream in = open()) {
            RDFDataMgr.read(model, in, Lang.TURTLE);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return model;
    }

    private static InputStream open() {
        InputStream in = StemmaVocabulary.class.getResourceAsStream(RESOURCE);
        if (in == null) {
            throw new IllegalStateException("missing from the class path: " + RESOURCE);
        }
        return in;
    }
}

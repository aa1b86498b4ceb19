package dev.stemma.ontology.sparql;

import java.util.List;
import org.apache.jena.query.Query;

/** A query that was parsed and found to be one that Stemma runs; by {@link SparqlEngine#parse}. Immutable. */
public final class SparqlQuery {

    /** The four forms of SPARQL 1.1. */
    public enum Form {
        /** Rows. */
        SELECT,
        /** A truth value. */
        ASK,
        /** Triples made by a template. */
        CONSTRUCT,
        /** Triples about resources. */
        DESCRIBE
    }

    private final Query query;
    private final Form form;

    SparqlQuery(Query query, Form form) {
        this.query = query;
        this.form = form;
    }

    /** Which of the four forms it has. */
    public Form form() {
        return form;
    }

    /** The formats that its answer may be written in, the usual one first. */
    public List<SparqlFormat> formats() {
        return SparqlFormat.holding(form == Form.CONSTRUCT || form == Form.DESCRIBE);
    }

    Query query() {
        return query;
    }
}

package dev.stemma.ontology.export;

import dev.stemma.graph.store.Graph;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Optional;
import org.apache.jena.atlas.RuntimeIOException;
import org.apache.jena.atlas.json.JSON;

/**
 * Writes where an image came from as W3C PROV: its ancestors, the activities and agents that made them, each derivation
 * with its basis and confidence, and its current inventory. Safe for use by several threads. The graph is not closed with it.
 */
public final class ProvExport {

    private final Graph graph;

    /**
     * @param graph stays the caller's
     */
    public ProvExport(Graph graph) {
        this.graph = graph;
    }

    /**
     * Writes the provenance of an image. The same graph gives the same bytes. The stream is flushed and stays open.
     *
     * @param imageId {@code id} of the image, not a reference
     * @return whether there is such an image; nothing was written when there is none
     * @throws IOException when the stream refuses
     * @throws dev.stemma.graph.store.GraphException when the graph does not answer, or the image has more than 10,000 ancestors
     */
    public boolean write(String imageId, ProvFormat format, OutputStream out) throws IOException {
        Optional<Lineage> lineage = LineageReader.read(graph, imageId);
        if (lineage.isEmpty()) {
            return false;
        }
        try {
            switch (format) {
                case TURTLE -> new ProvRdf(lineage.get()).turtle(out);
                case JSON_LD -> new ProvRdf(lineage.get()).jsonLd(out);
                case PROV_JSON -> JSON.write(out, new ProvJson(lineage.get()).document());
            }
        } catch (RuntimeIOException e) {
            throw new IOException(e);
        }
        out.flush();
        return true;
    }
}

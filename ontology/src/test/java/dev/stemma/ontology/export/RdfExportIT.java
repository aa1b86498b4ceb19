package dev.stemma.ontology.export;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stemma.graph.GraphExtension;
import dev.stemma.graph.store.Graph;
import dev.stemma.ontology.RandomLibrary;
import dev.stemma.ontology.vocabulary.Stemma;
import dev.stemma.ontology.vocabulary.StemmaVocabulary;
import java.util.Set;
import java.util.TreeSet;
import org.apache.jena.rdf.model.Model;
import org.apache.jena.vocabulary.RDF;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(GraphExtension.class)
class RdfExportIT {

    @Test
    void every_word_that_is_said_is_in_the_vocabulary(Graph graph) {
        new RandomLibrary(graph, 7, 6).write();
        Model vocabulary = StemmaVocabulary.model();
        Set<String> unknown = new TreeSet<>();
        new RdfExport(graph).each(triple -> {
            String word = triple.getPredicate().equals(RDF.type.asNode())
                    ? triple.getObject().getURI()
                    : triple.getPredicate().getURI();
            if (word.startsWith(Stemma.NS) && !vocabulary.containsResource(vocabulary.getResource(word))) {
                unknown.add(word);
            }
        });
        assertThat(unknown).isEmpty();
    }
}

package dev.stemma.queries.search;

import dev.stemma.queries.page.PageRequest;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.TermQuery;
import org.apache.lucene.util.FixedBitSet;

/** Selects from the index what an answer shows. Each query is run once; page, counts and facets are taken from what it found. */
final class Selection {

    private final IndexSearcher searcher;
    private final FixedBitSet machines;

    Selection(IndexSearcher searcher) throws IOException {
        this.searcher = searcher;
        this.machines = having(KeywordField.KIND, ImageFacts.MACHINE);
    }

    private FixedBitSet having(KeywordField field, String word) throws IOException {
        return Documents.of(searcher, new TermQuery(new Term(field.word(), word)));
    }

    /** Images of a level: what is known of a machine is known of an image. */
    private FixedBitSet images(String level) throws IOException {
        FixedBitSet images = having(KeywordField.LEVEL, level);
        images.andNot(machines);
        return images;
    }

    /**
     * Selects.
     *
     * @param contents what the conditions on content came to
     * @param excerpts of the configuration files that met a condition
     */
    ImageSearch.Selected of(
            ConditionQueries.Bounds bounds,
            PageRequest page,
            ContentSets contents,
            Function<List<Excerpts.Source>, List<ImageHit.Excerpt>> excerpts)
            throws IOException {
        FixedBitSet known = Documents.of(searcher, bounds.known());
        FixedBitSet unsure = Documents.of(searcher, bounds.possible());
        unsure.andNot(known);
        ByName.Shown shown = ByName.page(searcher, new DocumentsQuery(known), page);
        FixedBitSet full = images(ImageFacts.FULL);
        FixedBitSet basic = images(ImageFacts.BASIC);
        FixedBitSet none = images(ImageFacts.NEVER_INDEXED);
        return new ImageSearch.Selected(
                hits(shown, contents, excerpts),
                shown.next(),
                known.cardinality(),
                FixedBitSet.intersectionCount(unsure, none),
                FixedBitSet.intersectionCount(unsure, basic),
                new ImageAnswer.Indexed(full.cardinality(), basic.cardinality(), none.cardinality()),
                Facets.count(searcher, known));
    }

    private List<ImageHit> hits(
            ByName.Shown shown, ContentSets contents, Function<List<Excerpts.Source>, List<ImageHit.Excerpt>> excerpts)
            throws IOException {
        FixedBitSet documents =
                new FixedBitSet(Math.max(1, searcher.getIndexReader().maxDoc()));
        shown.images().forEach(image -> documents.set(image.document()));
        Map<Integer, List<String>> packages =
                Documents.terms(searcher, IndexFields.PURL, contents.purls(), documents, ImageHit.MAX_PACKAGES);
        Excerpts.Digests digests = new Excerpts.Digests(contents.texts());
        List<ImageHit> hits = new ArrayList<>();
        for (ByName.Found image : shown.images()) {
            List<ImageHit.Excerpt> lines = List.of();
            if (!contents.texts().isEmpty()) {
                var document =
                        searcher.storedFields().document(image.document(), Set.of(IndexFields.CONFIGURATION_FILE));
                lines = excerpts.apply(digests.among(List.of(document.getValues(IndexFields.CONFIGURATION_FILE))));
            }
            hits.add(ShownFields.hit(searcher, image, packages.getOrDefault(image.document(), List.of()), lines));
        }
        return hits;
    }
}

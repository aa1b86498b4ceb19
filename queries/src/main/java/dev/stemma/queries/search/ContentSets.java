package dev.stemma.queries.search;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.TermInSetQuery;

/**
 * Looks up what conditions on content come to now, as queries for images: versions of packages, contents of
 * configuration, images that hold a file. Used for one search.
 */
final class ContentSets {

    private final PackageSets packages;
    private final SearchIndex index;
    private final FileSearch files;
    private final IndexSearcher searcher;
    private final List<String> notes;
    private final Set<String> purls = new HashSet<>();
    private final Set<String> texts = new HashSet<>();

    /** @param searcher in whose state of the index what is found is looked for */
    ContentSets(PackageSets packages, SearchIndex index, FileSearch files, IndexSearcher searcher, List<String> notes) {
        this.packages = packages;
        this.index = index;
        this.files = files;
        this.searcher = searcher;
        this.notes = notes;
    }

    /**
     * What a condition comes to.
     *
     * @param query for the images that meet it
     * @param complete false when a bound was met, and others may meet the condition
     */
    record Found(Query query, boolean complete) {}

    /** The package versions that conditions were met by. */
    Set<String> purls() {
        return purls;
    }

    /** Digests of the configuration that conditions were met by. */
    Set<String> texts() {
        return texts;
    }

    Map<Condition.Leaf, Found> of(Collection<Condition.Leaf> leaves) throws IOException {
        Map<Condition.Leaf, Found> found = new HashMap<>();
        List<Condition.Software> software = new ArrayList<>();
        for (Condition.Leaf leaf : leaves) {
            switch (leaf) {
                case Condition.Software one -> software.add(one);
                case Condition.SoftwareNamed named -> {
                    PackageSets.Resolved versions = packages.named(named.pattern(), index);
                    purls.addAll(versions.purls());
                    found.put(leaf, terms(versions));
                }
                case Condition.Holds holds -> {
                    FileMatcher.Match match = files.holding(holds.file(), searcher);
                    notes.addAll(match.notes());
                    found.put(leaf, new Found(new DocumentsQuery(match.images()), match.complete()));
                }
                case Condition.Configuration configuration -> found.put(leaf, configuration(configuration.term()));
                case Condition.Text _, Condition.Keyword _, Condition.Modified _ -> {}
            }
        }
        List<PackageSets.Resolved> versions =
                packages.resolve(software.stream().map(Condition.Software::term).toList());
        for (int i = 0; i < software.size(); i++) {
            purls.addAll(versions.get(i).purls());
            found.put(software.get(i), terms(versions.get(i)));
        }
        return found;
    }

    private static Found terms(PackageSets.Resolved versions) {
        return new Found(
                new TermInSetQuery(IndexFields.PURL, ConditionQueries.terms(versions.purls())), versions.complete());
    }

    private Found configuration(ConfigurationTerm term) {
        SearchIndex.Contents contents = index.contents(term);
        if (!contents.complete()) {
            notes.add("more different configuration files have " + String.join(" ", term.words())
                    + " than are looked at; images may be missing");
        }
        texts.addAll(contents.digests());
        return new Found(
                new TermInSetQuery(
                        IndexFields.CONFIGURATION,
                        contents.digests().stream()
                                .map(ImageFeeder::digestBytes)
                                .toList()),
                contents.complete());
    }
}

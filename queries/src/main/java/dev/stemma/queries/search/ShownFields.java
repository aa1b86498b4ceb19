package dev.stemma.queries.search;

import dev.stemma.graph.store.Row;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.lucene.document.Document;
import org.apache.lucene.document.StoredField;
import org.apache.lucene.index.StoredFields;
import org.apache.lucene.search.DocIdSetIterator;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.util.BitSetIterator;
import org.apache.lucene.util.FixedBitSet;

/** What a list of hits shows of an image, stored in its document, since a row of the graph for each costs more than all of the search. */
final class ShownFields {

    private static final String NAME = "shownName";
    private static final String LOCATION = "shownLocation";
    private static final String FORMAT = "shownFormat";
    private static final String KIND = "shownKind";
    private static final String MODIFIED = "shownModified";
    private static final String REPOSITORY = "shownRepository";
    private static final String INVENTORY = "shownInventory";
    private static final String LEVEL = "shownLevel";
    private static final String SYSTEM = "shownSystem";
    private static final String ROLE = "shownRole";
    private static final Set<String> ALL =
            Set.of(NAME, LOCATION, FORMAT, KIND, MODIFIED, REPOSITORY, INVENTORY, LEVEL, SYSTEM, ROLE);

    private ShownFields() {}

    /**
     * Adds them.
     *
     * @param row of {@code search/catalog}
     */
    static void add(Document document, Row row, Map<String, ImageFacts.System> systems) {
        document.add(new StoredField(NAME, row.text("name")));
        document.add(new StoredField(LOCATION, row.text("location")));
        document.add(new StoredField(KIND, row.text("kind")));
        row.findText("format").ifPresent(format -> document.add(new StoredField(FORMAT, format)));
        row.findInstant("modifiedAt").ifPresent(time -> document.add(new StoredField(MODIFIED, time.toString())));
        row.texts("repositories").stream().limit(1).forEach(name -> document.add(new StoredField(REPOSITORY, name)));
        row.findText("inventoryId").ifPresent(id -> document.add(new StoredField(INVENTORY, id)));
        row.findText("level").ifPresent(level -> document.add(new StoredField(LEVEL, level)));
        row.texts("systems").stream()
                .flatMap(id -> Optional.ofNullable(systems.get(id)).stream())
                .forEach(os -> document.add(new StoredField(SYSTEM, os.shown())));
        row.texts("roles").stream().sorted().forEach(role -> document.add(new StoredField(ROLE, role)));
    }

    /** The hit that an image is. */
    static ImageHit hit(
            IndexSearcher searcher, ByName.Found image, List<String> packages, List<ImageHit.Excerpt> excerpts)
            throws IOException {
        Document document = searcher.storedFields().document(image.document(), ALL);
        return new ImageHit(
                image.id(),
                text(document, NAME).orElse(""),
                text(document, LOCATION).orElse(""),
                text(document, FORMAT),
                text(document, KIND).orElse(""),
                text(document, MODIFIED).map(Instant::parse),
                text(document, REPOSITORY),
                text(document, INVENTORY),
                text(document, LEVEL),
                List.of(document.getValues(SYSTEM)),
                packages,
                List.of(document.getValues(ROLE)),
                excerpts);
    }

    /** The current inventories of some images, with the documents of the images that have them. */
    static Map<String, List<Integer>> inventories(IndexSearcher searcher, FixedBitSet images) throws IOException {
        Map<String, List<Integer>> documents = new HashMap<>();
        StoredFields stored = searcher.storedFields();
        BitSetIterator each = new BitSetIterator(images, 0);
        for (int image = each.nextDoc(); image != DocIdSetIterator.NO_MORE_DOCS; image = each.nextDoc()) {
            Optional<String> inventory = text(stored.document(image, Set.of(INVENTORY)), INVENTORY);
            if (inventory.isPresent()) {
                documents
                        .computeIfAbsent(inventory.get(), _ -> new ArrayList<>())
                        .add(image);
            }
        }
        return documents;
    }

    private static Optional<String> text(Document document, String field) {
        return Optional.ofNullable(document.get(field));
    }
}

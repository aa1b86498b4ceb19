package dev.stemma.queries.catalog;

import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;

/** What the configuration of a catalog's images says, each text once. Not thread-safe. */
public final class CatalogTexts implements Consumer<CatalogImage> {

    private final PackageTable table;
    private final boolean[] seen;
    private final Map<String, String> texts = new HashMap<>();

    public CatalogTexts(PackageTable table) {
        this.table = table;
        seen = new boolean[table.size()];
    }

    @Override
    public void accept(CatalogImage image) {
        image.edits().forEach((path, number) -> {
            if (path.startsWith("/etc/")) {
                add(CatalogFiles.text(path, number));
            }
        });
        for (int version : image.packages()) {
            if (!seen[version] && CatalogFiles.configuration(table.get(version)).isPresent()) {
                add(CatalogFiles.configurationText(table.get(version)));
            }
            seen[version] = true;
        }
    }

    private void add(String text) {
        texts.put(CatalogImage.digest(text), text);
    }

    /** By the SHA-256 of each in hexadecimal; what it is later on, too. */
    public Map<String, String> byDigest() {
        return texts;
    }
}

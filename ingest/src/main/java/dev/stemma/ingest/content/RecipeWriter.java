package dev.stemma.ingest.content;

import dev.stemma.graph.id.Digest;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Collects the items of one content, and stores nodes as they fill. Holds one node a level. Not thread-safe. */
final class RecipeWriter {

    private final FrameWriter frames;
    private final List<List<Recipe.Item>> levels = new ArrayList<>();

    RecipeWriter(FrameWriter frames) {
        this.frames = frames;
    }

    void add(Recipe.Item item) throws IOException {
        add(0, item);
    }

    private void add(int level, Recipe.Item item) throws IOException {
        if (level == levels.size()) {
            levels.add(new ArrayList<>());
        }
        List<Recipe.Item> items = levels.get(level);
        items.add(item);
        if (item.ends(items.size())) {
            close(level);
        }
    }

    private void close(int level) throws IOException {
        List<Recipe.Item> items = levels.get(level);
        if (items.isEmpty()) {
            return;
        }
        Recipe node = new Recipe(level, items);
        items.clear();
        byte[] bytes = node.node();
        Digest digest = Digest.sha256(bytes);
        frames.put(new ObjectName(ObjectKind.NODE, digest), bytes, 0, bytes.length);
        add(level + 1, new Recipe.Item(node.lengthBytes(), Optional.of(digest)));
    }

    /** Stores the recipe of the content whose items were added. */
    void finish(Digest content) throws IOException {
        int top = 0;
        while (top < levels.size() - 1) {
            close(top);
            top++;
        }
        byte[] bytes = new Recipe(top, levels.get(top)).recipe();
        frames.put(new ObjectName(ObjectKind.RECIPE, content), bytes, 0, bytes.length);
    }
}

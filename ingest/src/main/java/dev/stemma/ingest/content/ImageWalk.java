package dev.stemma.ingest.content;

import dev.stemma.graph.id.Digest;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.util.Optional;

/** Meets every object that an image manifest leads to. Not thread-safe. */
final class ImageWalk {

    private final ContentStore store;
    private final Visitor visitor;

    /** Takes the objects of an image. */
    interface Visitor {
        /** @return whether to go on to what the object leads to; not, where it was met before */
        boolean meet(ObjectName name) throws IOException;

        /** An object is not there, or cannot be read: what it leads to is not met. */
        void lost(ObjectName name, IOException why) throws IOException;
    }

    ImageWalk(ContentStore store, Visitor visitor) {
        this.store = store;
        this.visitor = visitor;
    }

    /** @throws IOException when a disk manifest cannot be read, or the visitor throws it */
    void walk(ImageManifest image) throws IOException {
        for (ImageManifest.Disk disk : image.disks()) {
            content(disk.manifest());
            DiskManifestReader runs = new DiskManifestReader(store, disk.manifest());
            for (Optional<DiskRun> run = runs.next(); run.isPresent(); run = runs.next()) {
                switch (run.get()) {
                    case DiskRun.Zeros _ -> {}
                    case DiskRun.Part part -> content(part.content());
                    case DiskRun.Data data -> object(new ObjectName(ObjectKind.CHUNK, data.chunk()), 0);
                }
            }
        }
    }

    private void content(Digest content) throws IOException {
        ObjectName chunk = new ObjectName(ObjectKind.CHUNK, content);
        object(store.has(chunk) ? chunk : new ObjectName(ObjectKind.RECIPE, content), Recipe.MAX_LEVEL + 1);
    }

    /** Levels of recipes fall, so the depth is bounded. */
    private void object(ObjectName name, int above) throws IOException {
        if (!store.has(name)) {
            visitor.lost(name, new NoSuchFileException(name.toString()));
        } else if (visitor.meet(name) && name.kind() != ObjectKind.CHUNK) {
            Recipe recipe;
            try {
                byte[] bytes = store.object(name);
                recipe = name.kind() == ObjectKind.RECIPE
                        ? Recipe.parseRecipe(name, bytes)
                        : Recipe.parseNode(name, bytes);
            } catch (DamagedStoreException e) {
                visitor.lost(name, e);
                return;
            }
            if (recipe.level() >= above) {
                visitor.lost(name, new DamagedStoreException(name + " is of a level that leads back"));
                return;
            }
            for (Recipe.Item item : recipe.items()) {
                if (item.object().isPresent()) {
                    object(new ObjectName(recipe.below(), item.object().get()), recipe.level());
                }
            }
        }
    }
}

package dev.stemma.ingest.image.parallels;

import dev.stemma.ingest.bytes.ByteSource;
import dev.stemma.ingest.image.layer.BackingName;
import dev.stemma.ingest.image.layer.Joined;
import dev.stemma.ingest.image.layer.Layer;
import dev.stemma.ingest.image.layer.LayeredSource;
import dev.stemma.ingest.image.layer.Siblings;
import dev.stemma.ingest.image.layer.Whole;
import dev.stemma.ingest.image.xml.XmlElement;
import dev.stemma.ingest.problem.Budget;
import dev.stemma.ingest.problem.Corrupt;
import dev.stemma.ingest.problem.ImageProblem;
import dev.stemma.ingest.problem.Origin;
import dev.stemma.ingest.problem.Unsupported;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * {@code DiskDescriptor.xml} of a Parallels bundle: storages one after the other, of each an image for every snapshot. The disk
 * is what the top snapshot and all below it make. Source: Parallels' own files; there is no published specification, and
 * libguestfs' and dissect's readings agree with this.
 */
public final class ParallelsBundle {

    private static final int MAX_STORAGES = 1_024;
    private static final int MAX_DEPTH = 32;
    private static final int SECTOR_BYTES = 512;

    /** Parallels' name for the state on top where the document does not say which it is. */
    private static final String DEFAULT_TOP = "{5fbaabe3-6958-40ff-92a7-860e329aab41}";

    private static final String NO_PARENT = "{00000000-0000-0000-0000-000000000000}";

    private final ByteSource file;
    private final Origin origin;
    private final Siblings siblings;
    private final Budget budget;

    private ParallelsBundle(ByteSource file, Siblings siblings, Budget budget) {
        this.file = file;
        this.origin = file.origin().within("DiskDescriptor.xml");
        this.siblings = siblings;
        this.budget = budget;
    }

    /**
     * Reads the document and checks every image that it names.
     *
     * @param siblings the way to the images
     * @throws Corrupt {@code bad-value}, {@code loop}, {@code chain-too-deep}, and as {@link ParallelsLayer#open}
     * @throws Unsupported {@code encrypted}, {@code unsupported-feature}
     */
    public static Layer open(ByteSource file, Siblings siblings, Budget budget) throws ImageProblem {
        return new ParallelsBundle(file, siblings, budget).open();
    }

    private Layer open() throws ImageProblem {
        XmlElement root = XmlElement.read(file, "DiskDescriptor.xml");
        if (!root.name().equals("Parallels_disk_image")) {
            throw new Corrupt("bad-magic", origin, "does not describe a Parallels disk");
        }
        requirePlain(root);
        List<String> states = states(root);
        List<XmlElement> storages = root.find("StorageData").stream()
                .flatMap(data -> data.all("Storage"))
                .toList();
        if (storages.isEmpty() || storages.size() > MAX_STORAGES) {
            throw new Corrupt("bad-value", origin, "has " + storages.size() + " storages");
        }
        List<Layer> pieces = new ArrayList<>();
        long at = 0;
        for (XmlElement storage : storages) {
            long start = sectors(storage, "Start");
            long end = sectors(storage, "End");
            if (start != at || end <= start) {
                throw new Corrupt("bad-value", origin, "has a storage from " + start + " to " + end + " after " + at);
            }
            pieces.add(piece(storage, (end - start) * SECTOR_BYTES, states));
            at = end;
        }
        return pieces.size() == 1 ? pieces.getFirst() : new Joined(pieces, Optional.empty(), Optional.empty());
    }

    private void requirePlain(XmlElement root) throws Unsupported {
        boolean encrypted = root.find("Disk_Parameters").stream()
                .flatMap(parameters -> parameters.all("Encryption"))
                .anyMatch(encryption -> !encryption.textOf("Engine").isEmpty()
                        && !encryption.textOf("Engine").equals(NO_PARENT));
        if (encrypted) {
            throw new Unsupported(
                    "encrypted", origin, "the disk is encrypted", "Decrypt it in Parallels, then index it.");
        }
    }

    /** The top state and all that it stands on. */
    private List<String> states(XmlElement root) throws ImageProblem {
        Map<String, String> parents = new HashMap<>();
        String top = DEFAULT_TOP;
        XmlElement snapshots = root.find("Snapshots").orElse(null);
        if (snapshots != null) {
            snapshots.all("Shot").forEach(shot -> parents.put(shot.textOf("GUID"), shot.textOf("ParentGUID")));
            top = snapshots.find("TopGUID").map(XmlElement::text).orElse(DEFAULT_TOP);
        }
        List<String> states = new ArrayList<>();
        Set<String> met = new HashSet<>();
        for (String state = top;
                !state.isEmpty() && !state.equals(NO_PARENT);
                state = parents.getOrDefault(state, "")) {
            if (!met.add(state)) {
                throw new Corrupt("loop", origin, "its snapshots stand on each other in a circle");
            }
            if (states.size() >= MAX_DEPTH) {
                throw new Corrupt(
                        "chain-too-deep",
                        origin,
                        "more than " + MAX_DEPTH + " snapshots stand on each other",
                        "Delete or merge some in Parallels.");
            }
            states.add(state);
        }
        return states;
    }

    private Layer piece(XmlElement storage, long sizeBytes, List<String> states) throws ImageProblem {
        Map<String, XmlElement> images = new HashMap<>();
        storage.all("Image").forEach(image -> images.putIfAbsent(image.textOf("GUID"), image));
        List<Layer> layers = new ArrayList<>();
        for (String state : states) {
            XmlElement image = images.get(state);
            if (image == null) {
                throw new Corrupt("bad-value", origin, "a storage has no image of the state " + states.size());
            }
            layers.add(image(image, sizeBytes));
        }
        @Nullable LayeredSource below = null;
        for (Layer layer : layers.reversed()) {
            below = new LayeredSource(layer, below, origin, budget);
        }
        if (below == null) {
            throw new Corrupt("bad-value", origin, "a storage has no image");
        }
        return new Whole(below);
    }

    private Layer image(XmlElement image, long sizeBytes) throws ImageProblem {
        ByteSource opened = siblings.open(BackingName.of(image.textOf("File").getBytes(StandardCharsets.UTF_8)));
        Layer layer =
                switch (image.textOf("Type")) {
                    case "Compressed" -> ParallelsLayer.open(opened, budget);
                    case "Plain" -> new Whole(opened);
                    default -> throw new Unsupported("unsupported-feature", origin, "has an image of an unknown type");
                };
        if (layer.virtualBytes() != sizeBytes) {
            throw new Corrupt(
                    "bad-value",
                    opened.origin(),
                    "has " + layer.virtualBytes() + " bytes, the description says " + sizeBytes);
        }
        return layer;
    }

    private long sectors(XmlElement storage, String name) throws Corrupt {
        String text = storage.textOf(name);
        if (!text.matches("\\d{1,15}")) {
            throw new Corrupt("bad-value", origin, "has a storage without " + name);
        }
        return Long.parseLong(text);
    }
}

package dev.stemma.ingest.image.vmdk;

import dev.stemma.ingest.bytes.ByteSource;
import dev.stemma.ingest.bytes.Fields;
import dev.stemma.ingest.image.layer.BackingName;
import dev.stemma.ingest.image.layer.Joined;
import dev.stemma.ingest.image.layer.Layer;
import dev.stemma.ingest.image.layer.Run;
import dev.stemma.ingest.image.layer.Siblings;
import dev.stemma.ingest.image.layer.Whole;
import dev.stemma.ingest.problem.Budget;
import dev.stemma.ingest.problem.Corrupt;
import dev.stemma.ingest.problem.ImageProblem;
import dev.stemma.ingest.problem.Origin;
import dev.stemma.ingest.problem.Unsupported;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** A VMDK, whichever way it is spread: one sparse file with its descriptor inside, or a descriptor with extents beside it. */
public final class VmdkLayer {

    private static final Set<String> IN_ONE_FILE = Set.of("monolithicSparse", "streamOptimized");

    private VmdkLayer() {}

    /**
     * Reads and checks the descriptor, and every extent that it names.
     *
     * @param siblings the way to the extents
     * @throws Corrupt {@code truncated}, {@code bad-magic}, {@code bad-value}, {@code loop}
     * @throws Unsupported {@code unsupported-feature}, {@code part-of-image}
     */
    public static Layer open(ByteSource file, Siblings siblings, Budget budget) throws ImageProblem {
        Origin origin = file.origin().within("vmdk header");
        Fields magic = Fields.read(file, "vmdk header", 0, Math.min(file.sizeBytes(), 32), ByteOrder.LITTLE_ENDIAN);
        if (magic.has(0, SparseExtent.MAGIC)) {
            return single(file, budget);
        }
        if (magic.has(0, "COWD".getBytes(StandardCharsets.US_ASCII))) {
            throw new Unsupported(
                    "unsupported-feature",
                    origin,
                    "is a sparse extent of ESX's own form (COWD)",
                    "Export it as an OVA, or convert it: qemu-img convert -f vmdk -O qcow2.");
        }
        if (!magic.has(0, Descriptor.MAGIC.getBytes(StandardCharsets.US_ASCII))) {
            throw new Corrupt("bad-magic", origin, "starts neither as a sparse extent nor as a descriptor");
        }
        if (file.sizeBytes() > Descriptor.MAX_BYTES) {
            throw new Corrupt("bad-value", origin, "is a descriptor of " + file.sizeBytes() + " bytes");
        }
        Fields text = Fields.read(file, "vmdk descriptor", 0, file.sizeBytes(), ByteOrder.LITTLE_ENDIAN);
        Descriptor descriptor = Descriptor.parse(text.bytes(0, file.sizeBytes()), text.origin());
        return joined(descriptor, text.origin(), siblings, budget);
    }

    private static Layer single(ByteSource file, Budget budget) throws ImageProblem {
        SparseExtent extent = SparseExtent.open(file, budget);
        Origin origin = file.origin().within("vmdk descriptor");
        Descriptor descriptor = extent.descriptor()
                .orElseThrow(() -> new Unsupported(
                        "part-of-image",
                        origin,
                        "is an extent without a descriptor: a part of a disk",
                        "Name the small .vmdk file that describes the disk."));
        if (!IN_ONE_FILE.contains(descriptor.kind())) {
            throw new Unsupported(
                    "unsupported-feature",
                    origin,
                    "is of the kind '" + shown(descriptor.kind()) + "', which does not lie in one sparse file",
                    "Convert it: qemu-img convert -f vmdk -O qcow2.");
        }
        return new Joined(List.of(extent), descriptor.backing(), descriptor.contentId());
    }

    private static Layer joined(Descriptor descriptor, Origin origin, Siblings siblings, Budget budget)
            throws ImageProblem {
        if (descriptor.extents().isEmpty()) {
            throw new Corrupt("bad-value", origin, "names no extents");
        }
        Map<BackingName, ByteSource> files = new HashMap<>();
        List<Layer> pieces = new ArrayList<>();
        long total = 0;
        for (Descriptor.Extent extent : descriptor.extents()) {
            if (extent.sizeBytes() == 0 || extent.sizeBytes() > SparseExtent.MAX_CAPACITY_BYTES - total) {
                throw new Corrupt("bad-value", origin, "names an extent of " + extent.sizeBytes() + " bytes");
            }
            total += extent.sizeBytes();
            pieces.add(piece(extent, origin, files, siblings, budget));
        }
        return new Joined(pieces, descriptor.backing(), descriptor.contentId());
    }

    private static Layer piece(
            Descriptor.Extent extent,
            Origin origin,
            Map<BackingName, ByteSource> files,
            Siblings siblings,
            Budget budget)
            throws ImageProblem {
        if (extent.type().equals("ZERO")) {
            return new Nothing(extent.sizeBytes());
        }
        if (!extent.readable() || extent.file().isEmpty()) {
            throw new Unsupported("unsupported-feature", origin, "names an extent that nobody may read");
        }
        BackingName name = extent.file().get();
        return switch (extent.type()) {
            case "FLAT", "VMFS" -> {
                // Several flat extents may lie in one file.
                ByteSource file = files.get(name);
                if (file == null) {
                    file = siblings.open(name);
                    files.put(name, file);
                }
                if (extent.offsetBytes() > file.sizeBytes() - extent.sizeBytes()) {
                    throw truncated(file.origin(), extent.sizeBytes(), file.sizeBytes());
                }
                yield new Whole(file.slice("extent", extent.offsetBytes(), extent.sizeBytes()));
            }
            case "SPARSE" -> {
                if (files.containsKey(name)) {
                    throw new Corrupt("loop", origin, "names one sparse extent twice");
                }
                ByteSource file = siblings.open(name);
                files.put(name, file);
                SparseExtent sparse = SparseExtent.open(file, budget);
                if (sparse.virtualBytes() != extent.sizeBytes()) {
                    throw new Corrupt(
                            "bad-value",
                            file.origin(),
                            "has " + sparse.virtualBytes() + " bytes, the descriptor says " + extent.sizeBytes());
                }
                yield sparse;
            }
            default ->
                throw new Unsupported(
                        "unsupported-feature",
                        origin,
                        "names an extent of the type " + extent.type(),
                        "Export it as an OVA, or convert it: qemu-img convert -f vmdk -O qcow2.");
        };
    }

    private static Corrupt truncated(Origin origin, long wanted, long held) {
        return new Corrupt(
                "truncated",
                origin,
                "the extent should have " + wanted + " bytes, the file has " + held,
                "Copy the image again from its source.");
    }

    private static String shown(String guest) {
        return dev.stemma.graph.model.GuestName.of(guest.getBytes(StandardCharsets.ISO_8859_1))
                .escaped();
    }

    /** An extent that is zeros and has no file. */
    private record Nothing(long virtualBytes) implements Layer {
        @Override
        public Run run(long offsetBytes) {
            return new Run.Zeros(virtualBytes - offsetBytes);
        }

        @Override
        public Optional<Backing> backing() {
            return Optional.empty();
        }
    }
}

package dev.stemma.queries.inference;

import dev.stemma.graph.id.Digest;
import dev.stemma.graph.store.Graph;
import dev.stemma.graph.store.Row;
import dev.stemma.graph.store.Statement;
import dev.stemma.queries.inference.FileTable.Mark;
import dev.stemma.queries.inference.ImageTraits.PackageMark;
import dev.stemma.queries.inference.InferredFamily.Member;
import dev.stemma.queries.inventory.Reference;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads what is telling of inventories, and keeps the last ones: an inventory never changes. Safe for use by several threads. */
final class TraitReader {

    /** Some 400 KiB each, at most. */
    private static final int KEPT = 128;

    private static final int MAX_OWN = 8_192;
    private static final int MAX_SYSTEM = 2_048;
    private static final int MAX_LOG = 20_000;
    private static final Statement TRAITS = Statement.named(TraitReader.class, "inference/traits.cypher");
    private static final Statement PACKAGES = Statement.named(TraitReader.class, "inference/packages.cypher");

    private final Graph graph;
    private final GuestFileSource files;
    private final Map<String, Contents> kept = new LinkedHashMap<>(KEPT, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Contents> eldest) {
            return size() > KEPT;
        }
    };

    TraitReader(Graph graph, GuestFileSource files) {
        this.graph = graph;
        this.files = files;
    }

    /** What is read once: packages and files. */
    private record Contents(
            Map<String, PackageMark> packages, FileTable own, FileTable system, Map<String, List<Long>> logs) {}

    /**
     * An inventory with the images that have it now.
     */
    record Known(Member member, ImageTraits traits) {}

    /**
     * Empty where no such inventory is there, or no image has it.
     *
     * @param asked stands for all that have the inventory if it is one of them
     */
    Optional<Known> find(String inventoryId, Reference asked) {
        return graph.read(TRAITS.with(Map.of("inventoryId", inventoryId, "images", 1 + Member.MAX_COPIES))).stream()
                .filter(row -> !row.list("images").isEmpty())
                .findFirst()
                .map(row -> known(inventoryId, row, asked));
    }

    private Known known(String inventoryId, Row row, Reference asked) {
        Contents contents = contents(inventoryId, row.findText("manifest"));
        List<Row> images = row.rows("images");
        Map<String, Optional<Instant>> systems = new HashMap<>();
        for (Row system : row.rows("systems")) {
            systems.put(system.text("uuid"), system.find("createdAt").map(at -> ((ZonedDateTime) at).toInstant()));
        }
        List<Row> identities = row.rows("identities");
        Row first = images.stream()
                .filter(image -> image.text("id").equals(asked.imageId()))
                .findFirst()
                .orElseGet(images::getFirst);
        Member member = new Member(
                first.text("id"),
                first.text("name"),
                inventoryId,
                images.stream()
                        .filter(image -> !image.equals(first))
                        .map(image -> image.text("id"))
                        .toList(),
                contents.own.size() > 0);
        return new Known(
                member,
                new ImageTraits(
                        member.imageId(),
                        member.name(),
                        systems,
                        contents.packages,
                        !identities.isEmpty(),
                        identities.stream()
                                .flatMap(identity -> identity.findText("machineId").stream())
                                .findFirst(),
                        Set.copyOf(row.texts("hostKeys")),
                        contents.own,
                        contents.system,
                        contents.logs));
    }

    private Contents contents(String inventoryId, Optional<String> manifest) {
        synchronized (kept) {
            Contents known = kept.get(inventoryId);
            if (known != null) {
                return known;
            }
        }
        Map<String, PackageMark> packages = new HashMap<>();
        graph.stream(
                PACKAGES.with(Map.of("inventoryId", inventoryId)),
                row -> packages.merge(
                        row.text("package") + "/" + row.findText("architecture").orElse(""),
                        new PackageMark(row.text("ecosystem"), row.text("version"), row.flag("present")),
                        TraitReader::either));
        Contents read = manifest.flatMap(digest -> files(packages, Digest.parse(digest)))
                .orElseGet(() -> new Contents(packages, FileTable.EMPTY, FileTable.EMPTY, Map.of()));
        synchronized (kept) {
            kept.put(inventoryId, read);
        }
        return read;
    }

    /** Of two versions side by side, such as two kernels, the one whose text is greater: the same choice for each image. */
    private static PackageMark either(PackageMark a, PackageMark b) {
        if (a.present() != b.present()) {
            return a.present() ? a : b;
        }
        return a.version().compareTo(b.version()) >= 0 ? a : b;
    }

    private Optional<Contents> files(Map<String, PackageMark> packages, Digest manifest) {
        FileTable.Builder own = new FileTable.Builder(MAX_OWN);
        FileTable.Builder system = new FileTable.Builder(MAX_SYSTEM);
        Map<String, Digest> logs = new HashMap<>();
        boolean all = files.each(manifest, (path, content, inode, modified) -> {
            if (Places.LOGS.contains(path)) {
                logs.putIfAbsent(path, content);
            }
            Places.Kind kind = Places.kind(path);
            if (kind != Places.Kind.NOISE) {
                Mark mark = new Mark(hash(path), first(content.bytes()), inode, modified);
                (kind == Places.Kind.OWN ? own : system).add(mark);
            }
        });
        return all ? Optional.of(new Contents(packages, own.build(), system.build(), logs(logs))) : Optional.empty();
    }

    private Map<String, List<Long>> logs(Map<String, Digest> contents) {
        Map<String, List<Long>> logs = new HashMap<>();
        contents.forEach((path, content) -> files.text(content)
                .ifPresent(text -> logs.put(
                        path,
                        Places.deeds(text).limit(MAX_LOG).map(TraitReader::hash).toList())));
        return logs;
    }

    /** 64 bits of its SHA-256. */
    private static long hash(String text) {
        return first(Digest.sha256(text.getBytes(StandardCharsets.UTF_8)).bytes());
    }

    private static long first(byte[] digest) {
        return ByteBuffer.wrap(digest).getLong();
    }
}

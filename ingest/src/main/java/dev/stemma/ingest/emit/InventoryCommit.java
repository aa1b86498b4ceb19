package dev.stemma.ingest.emit;

import dev.stemma.graph.model.FileSystem;
import dev.stemma.graph.model.Inventory;
import dev.stemma.graph.model.Level;
import dev.stemma.graph.model.Observation;
import dev.stemma.graph.model.OperatingSystem;
import dev.stemma.graph.model.Partition;
import dev.stemma.graph.model.Volume;
import dev.stemma.graph.store.Batch;
import dev.stemma.graph.store.Graph;
import dev.stemma.graph.store.Row;
import dev.stemma.graph.store.Statement;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** The one transaction that makes an inventory visible: image, chain, inventory, what it leads to, and the run itself. */
final class InventoryCommit {

    private final Emission emission;
    private final Inventory inventory;
    private final String inventoryId;
    private final String activityId = "act-" + UUID.randomUUID();
    private final ZonedDateTime now = ZonedDateTime.now(ZoneOffset.UTC);

    InventoryCommit(Emission emission) {
        this.emission = emission;
        this.inventory = emission.inventory();
        this.inventoryId = inventory.id().hex();
    }

    InventoryEmitter.Committed run(Graph graph) {
        return graph.writing(this::commit);
    }

    private InventoryEmitter.Committed commit(Graph.Transaction transaction) {
        // Each file of the chain is an image of its own, and stands on the next.
        Row image = ImageFile.of(emission.image()).register(transaction, now);
        String imageId = image.text("id");
        boolean known = !transaction
                .run(named("inventory-exists", Map.of("inventory", inventoryId)))
                .isEmpty();
        if (!known) {
            inventory(transaction);
        }
        FactWriter.roles(transaction, inventoryId, emission.roles());
        boolean current = transaction
                .run(named("inventory-current", Map.of("image", imageId, "inventory", inventoryId, "now", now)))
                .getFirst()
                .flag("current");
        if (!current) {
            link(transaction, imageId);
        }
        if (inventory.level() == Level.FULL) {
            transaction.run(named("equal-version", Map.of("image", imageId, "inventory", inventoryId, "now", now)));
        }
        return new InventoryEmitter.Committed(imageId, image.text("name"), known, current);
    }

    private static Statement named(String name, Map<String, Object> parameters) {
        return Statement.named(InventoryCommit.class, "emit/" + name + ".cypher")
                .with(parameters);
    }

    private void inventory(Graph.Transaction transaction) {
        Map<String, Object> properties = new HashMap<>();
        properties.put("level", inventory.level().word());
        inventory.manifest().ifPresent(manifest -> properties.put("manifest", manifest.hex()));
        properties.put("entries", inventory.counts().entries());
        properties.put("files", inventory.counts().files());
        properties.put("fileBytes", inventory.counts().fileBytes());
        properties.put("packages", inventory.packagesPresent());
        properties.put("analyzers", inventory.analyzers());
        properties.put("committedAt", now);
        transaction.run(named("inventory", Map.of("inventory", inventoryId, "properties", properties)));
        for (int i = 0; i < inventory.volumes().size(); i++) {
            volume(transaction, inventory.volumes().get(i), emission.parts().get(i));
        }
        rows(
                transaction,
                "operating-systems",
                inventory.operatingSystems().stream().map(InventoryCommit::row).toList());
        PackageGroupWriter.write(transaction, inventoryId, inventory.packages());
        rows(
                transaction,
                "observations",
                inventory.observations().stream().map(InventoryCommit::row).toList());
        FactWriter.facts(transaction, inventoryId, inventory.facts());
        rows(
                transaction,
                "mounts",
                inventory.mounts().stream()
                        .flatMap(mount -> MountForm.of(mount, emission.parts()).stream())
                        .toList());
    }

    private void rows(Graph.Transaction transaction, String name, List<Map<String, Object>> rows) {
        Batch.STANDARD.run(
                transaction, named(name, Map.of()).cypher(), Map.of("inventory", inventoryId), rows.iterator());
    }

    private void volume(Graph.Transaction transaction, Volume volume, List<RootedPart> parts) {
        String volumeId = InventoryDigests.of(volume, parts).hex();
        transaction.run(named(
                "volume",
                Map.of(
                        "inventory",
                        inventoryId,
                        "id",
                        volumeId,
                        "index",
                        volume.index(),
                        "virtualBytes",
                        volume.virtualBytes(),
                        "table",
                        volume.table())));
        List<Map<String, Object>> partitions = new ArrayList<>();
        List<Map<String, Object>> fileSystems = new ArrayList<>();
        List<Map<String, Object>> roots = new ArrayList<>();
        for (RootedPart part : parts) {
            Map<String, Object> partition = row(part.part().partition(), part);
            partitions.add(partition);
            Optional<FileSystem> facts = part.part().fileSystem();
            if (facts.isPresent()) {
                Map<String, Object> row = row(facts.get(), part);
                row.put("partition", partition.get("id"));
                fileSystems.add(row);
                if (part.part().root().isPresent() && part.attributes().isPresent()) {
                    var attributes = part.attributes().get();
                    roots.add(Map.of(
                            "id",
                            row.get("id"),
                            "root",
                            part.part().root().get().hex(),
                            "properties",
                            EntryProperties.attributes(
                                    attributes.mode(), attributes.uid(), attributes.gid(), attributes.xattrs())));
                }
            }
        }
        Batch.STANDARD.run(
                transaction, named("partitions", Map.of()).cypher(), Map.of("volume", volumeId), partitions.iterator());
        Batch.STANDARD.run(transaction, named("file-systems", Map.of()).cypher(), Map.of(), fileSystems.iterator());
        Batch.STANDARD.run(transaction, named("roots", Map.of()).cypher(), Map.of(), roots.iterator());
    }

    private static Map<String, Object> row(Partition partition, RootedPart part) {
        Map<String, Object> properties = new HashMap<>();
        properties.put("number", partition.number());
        properties.put("offsetBytes", partition.offsetBytes());
        properties.put("sizeBytes", partition.sizeBytes());
        partition.type().ifPresent(type -> properties.put("type", type));
        partition.name().ifPresent(name -> properties.put("name", name));
        partition.uuid().ifPresent(uuid -> properties.put("uuid", uuid));
        properties.put("bootable", partition.bootable());
        return Map.of(
                "id",
                InventoryDigests.of(partition, part).hex(),
                "number",
                partition.number(),
                "properties",
                properties);
    }

    private static Map<String, Object> row(FileSystem facts, RootedPart part) {
        Map<String, Object> properties = new HashMap<>();
        properties.put("type", facts.type());
        facts.uuid().ifPresent(uuid -> properties.put("uuid", uuid));
        facts.label().ifPresent(label -> properties.put("label", label));
        facts.createdAt().ifPresent(at -> properties.put("createdAt", at.atZone(ZoneOffset.UTC)));
        properties.put("sizeBytes", facts.sizeBytes());
        facts.usedBytes().ifPresent(used -> properties.put("usedBytes", used));
        properties.put("reader", facts.reader());
        Map<String, Object> row = new HashMap<>();
        row.put("id", InventoryDigests.of(facts, part).hex());
        row.put("properties", properties);
        return row;
    }

    private static Map<String, Object> row(OperatingSystem system) {
        Map<String, Object> properties = new HashMap<>();
        properties.put("distribution", system.distribution());
        system.version().ifPresent(version -> properties.put("version", version));
        system.patchLevel().ifPresent(level -> properties.put("patchLevel", level));
        system.prettyName().ifPresent(name -> properties.put("prettyName", name));
        system.architecture().ifPresent(architecture -> properties.put("architecture", architecture));
        return Map.of("id", InventoryDigests.of(system).hex(), "properties", properties);
    }

    private static Map<String, Object> row(Observation observation) {
        Map<String, Object> properties = new HashMap<>();
        properties.put("code", observation.code());
        properties.put("severity", observation.severity().name());
        properties.put("where", observation.where());
        properties.put("message", observation.message());
        observation.remedy().ifPresent(remedy -> properties.put("remedy", remedy));
        properties.put("by", observation.by());
        return Map.of("id", InventoryDigests.of(observation).hex(), "properties", properties);
    }

    private void link(Graph.Transaction transaction, String imageId) {
        transaction.run(named(
                "link-inventory",
                Map.of(
                        "image",
                        imageId,
                        "inventory",
                        inventoryId,
                        "level",
                        inventory.level().word(),
                        "activity",
                        activityId,
                        "startedAt",
                        emission.startedAt().atZone(ZoneOffset.UTC),
                        "now",
                        now,
                        "parameters",
                        emission.parameters())));
        agent(transaction, "software:stemma", "Stemma", "software");
        emission.agent().ifPresent(name -> agent(transaction, "person:" + name, name, "person"));
    }

    private void agent(Graph.Transaction transaction, String id, String name, String kind) {
        transaction.run(named("agent", Map.of("activity", activityId, "id", id, "name", name, "kind", kind)));
    }
}

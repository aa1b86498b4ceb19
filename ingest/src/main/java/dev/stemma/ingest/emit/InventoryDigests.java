package dev.stemma.ingest.emit;

import dev.stemma.graph.id.CanonicalForm;
import dev.stemma.graph.id.Digest;
import dev.stemma.graph.model.FileSystem;
import dev.stemma.graph.model.InstalledPackage;
import dev.stemma.graph.model.Inventory;
import dev.stemma.graph.model.Observation;
import dev.stemma.graph.model.OperatingSystem;
import dev.stemma.graph.model.Partition;
import dev.stemma.graph.model.Volume;
import java.util.List;

/**
 * The ids of what is found in an image: digests of canonical forms, so that equal things are one node. A thing's id holds
 * the ids of what it leads to.
 */
public final class InventoryDigests {

    private InventoryDigests() {}

    /** @param root attributes of the root directory are in the part itself, see {@link RootedPart} */
    static Digest of(FileSystem facts, RootedPart root) {
        CanonicalForm form = new CanonicalForm("stemma-file-system/1")
                .text(facts.type())
                .maybe(facts.uuid())
                .maybe(facts.label())
                .maybe(facts.createdAt())
                .number(facts.sizeBytes())
                .maybe(facts.usedBytes())
                .text(facts.reader())
                .maybe(root.part().root());
        root.attributes().ifPresent(attributes -> {
            form.number(attributes.mode()).number(attributes.uid()).number(attributes.gid());
            attributes.xattrs().forEach((name, value) -> form.bytes(name.bytes())
                    .bytes(value.bytes()));
        });
        return form.finish();
    }

    static Digest of(Partition partition, RootedPart part) {
        return new CanonicalForm("stemma-partition/1")
                .number(partition.number())
                .number(partition.offsetBytes())
                .number(partition.sizeBytes())
                .maybe(partition.type())
                .maybe(partition.name())
                .maybe(partition.uuid())
                .letter(partition.bootable() ? 'b' : '-')
                .maybe(part.part().fileSystem().map(facts -> of(facts, part)))
                .finish();
    }

    static Digest of(Volume volume, List<RootedPart> parts) {
        CanonicalForm form = new CanonicalForm("stemma-volume/1")
                .number(volume.virtualBytes())
                .text(volume.table())
                .number(parts.size());
        parts.forEach(part -> form.digest(of(part.part().partition(), part)));
        return form.finish();
    }

    static Digest of(OperatingSystem system) {
        return new CanonicalForm("stemma-operating-system/1")
                .text(system.distribution())
                .maybe(system.version())
                .maybe(system.patchLevel())
                .maybe(system.prettyName())
                .maybe(system.architecture())
                .finish();
    }

    static Digest of(Observation observation) {
        return new CanonicalForm("stemma-observation/1")
                .text(observation.code())
                .text(observation.severity().name())
                .text(observation.where())
                .text(observation.message())
                .maybe(observation.remedy())
                .text(observation.by())
                .finish();
    }

    /** The id of an inventory, from all of it but its own id field. */
    static Digest of(Inventory inventory, List<Digest> volumes) {
        CanonicalForm form =
                new CanonicalForm("stemma-inventory/3").text(inventory.level().word());
        form.number(volumes.size());
        volumes.forEach(form::digest);
        form.number(inventory.operatingSystems().size());
        inventory.operatingSystems().forEach(system -> form.digest(of(system)));
        form.number(inventory.packages().size());
        inventory.packages().forEach(installed -> add(form, installed));
        form.number(inventory.observations().size());
        inventory.observations().forEach(observation -> form.digest(of(observation)));
        form.maybe(inventory.manifest());
        form.number(inventory.counts().entries())
                .number(inventory.counts().files())
                .number(inventory.counts().fileBytes());
        form.number(inventory.analyzers().size());
        inventory.analyzers().forEach(form::text);
        form.number(inventory.facts().size());
        inventory.facts().forEach(fact -> form.digest(FactForm.of(fact).digest()));
        form.number(inventory.mounts().size());
        inventory.mounts().forEach(mount -> form.number(mount.guest())
                .text(mount.path().escaped())
                .number(mount.volume())
                .number(mount.partition()));
        return form.finish();
    }

    private static void add(CanonicalForm form, InstalledPackage installed) {
        form.text(installed.purl())
                .text(installed.state())
                .letter(installed.held() ? 'h' : '-')
                .maybe(installed.sourceName())
                .maybe(installed.sourceVersion())
                .number(installed.owned().size())
                .number(installed.locations().size());
        installed.locations().forEach(form::text);
    }
}

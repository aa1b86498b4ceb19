package dev.stemma.ingest.image;

import dev.stemma.ingest.bytes.ByteSource;
import dev.stemma.ingest.image.layer.Layer;
import dev.stemma.ingest.image.layer.Siblings;
import dev.stemma.ingest.image.layer.Whole;
import dev.stemma.ingest.image.parallels.ParallelsBundle;
import dev.stemma.ingest.image.parallels.ParallelsLayer;
import dev.stemma.ingest.image.qcow.QcowLayer;
import dev.stemma.ingest.image.qcow2.Qcow2Layer;
import dev.stemma.ingest.image.vdi.VdiLayer;
import dev.stemma.ingest.image.vhd.VhdLayer;
import dev.stemma.ingest.image.vhdx.VhdxLayer;
import dev.stemma.ingest.image.vmdk.VmdkLayer;
import dev.stemma.ingest.problem.Budget;
import dev.stemma.ingest.problem.ImageProblem;
import dev.stemma.ingest.problem.Origin;
import dev.stemma.ingest.problem.Unsupported;

/** From a stated format to the room that knows it. Stateless. */
final class Layers {

    private Layers() {}

    /**
     * Vets a file and what it names beside itself; never what lies below it.
     *
     * @throws Unsupported {@code unsupported-format}, {@code compressed-file} for what is no disk of layers
     */
    static Layer open(DiskFormat format, ByteSource file, Siblings siblings, Budget budget) throws ImageProblem {
        return switch (format) {
            case RAW -> new Whole(file);
            case QCOW2 -> Qcow2Layer.open(file, budget);
            case QCOW -> QcowLayer.open(file, budget);
            case VMDK -> VmdkLayer.open(file, siblings, budget);
            case VDI -> VdiLayer.open(file, budget);
            case VHDX -> VhdxLayer.open(file, budget);
            case VPC -> VhdLayer.open(file, budget);
            case PARALLELS -> ParallelsLayer.open(file, budget);
            case PARALLELS_BUNDLE -> ParallelsBundle.open(file, siblings, budget);
            case QED, OVA, OVF, GZIP, XZ, ZSTD, BZIP2 -> throw unsupported(format, file.origin());
        };
    }

    private static Unsupported unsupported(DiskFormat format, Origin origin) {
        return switch (format) {
            case GZIP, XZ, ZSTD, BZIP2 ->
                new Unsupported(
                        "compressed-file",
                        origin,
                        "the file is compressed with " + format.word(),
                        "Uncompress it, then index the result.");
            case RAW, QCOW2, QCOW, QED, VMDK, VDI, VHDX, VPC, PARALLELS, PARALLELS_BUNDLE, OVA, OVF ->
                new Unsupported(
                        "unsupported-format",
                        origin,
                        "a file of the format " + format.word() + " cannot be a part of an image",
                        "Convert it: qemu-img convert -O qcow2 SOURCE TARGET.");
        };
    }
}

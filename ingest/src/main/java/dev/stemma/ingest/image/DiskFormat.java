package dev.stemma.ingest.image;

import dev.stemma.ingest.bytes.ByteSource;
import dev.stemma.ingest.bytes.Fields;
import dev.stemma.ingest.problem.ImageProblem;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;

/** The formats that disk images come in, as QEMU names them, and the bytes by which they are told apart. */
enum DiskFormat {
    RAW,
    QCOW2,
    QCOW,
    QED,
    VMDK,
    VDI,
    VHDX,
    VPC,
    PARALLELS,
    OVA,
    GZIP,
    XZ,
    ZSTD,
    BZIP2;

    private static final int HEAD_BYTES = 512;

    /** QEMU's word for it. */
    String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    static Optional<DiskFormat> find(String word) {
        for (DiskFormat format : values()) {
            if (format.word().equals(word)) {
                return Optional.of(format);
            }
        }
        return Optional.empty();
    }

    /**
     * Goes by the magic number alone. What has none is raw: a guest that writes another format's magic number to its own
     * raw disk gains nothing but a vetted header, and stating the format takes even that away.
     */
    static DiskFormat detect(ByteSource bytes) throws ImageProblem {
        long size = bytes.sizeBytes();
        Fields head = Fields.read(bytes, "magic number", 0, Math.min(size, HEAD_BYTES), ByteOrder.BIG_ENDIAN);
        if (has(head, 0, "QFI\u00fb") && head.sizeBytes() >= 8) {
            return head.u32(4) == 1 ? QCOW : QCOW2;
        }
        if (has(head, 0, "KDMV") || has(head, 0, "COWD") || has(head, 0, "# Disk DescriptorFile")) {
            return VMDK;
        }
        if (has(head, 0x40, "\u007f\u0010\u00da\u00be")) {
            return VDI;
        }
        if (has(head, 0, "vhdxfile")) {
            return VHDX;
        }
        if (has(head, 0, "QED\0")) {
            return QED;
        }
        if (has(head, 0, "WithoutFreeSpace") || has(head, 0, "WithouFreSpacExt")) {
            return PARALLELS;
        }
        if (has(head, 257, "ustar") && new String(head.bytes(0, 100), StandardCharsets.ISO_8859_1).contains(".ovf")) {
            return OVA;
        }
        if (has(head, 0, "conectix") || fixedVhd(bytes, size)) {
            return VPC;
        }
        return compressed(head);
    }

    private static DiskFormat compressed(Fields head) {
        if (has(head, 0, "\u001f\u008b\u0008")) {
            return GZIP;
        }
        if (has(head, 0, "\u00fd7zXZ\0")) {
            return XZ;
        }
        if (has(head, 0, "\u0028\u00b5\u002f\u00fd")) {
            return ZSTD;
        }
        return has(head, 0, "BZh9") ? BZIP2 : RAW;
    }

    private static boolean fixedVhd(ByteSource bytes, long size) throws ImageProblem {
        return size > HEAD_BYTES
                && has(Fields.read(bytes, "last sector", size - HEAD_BYTES, 8, ByteOrder.BIG_ENDIAN), 0, "conectix");
    }

    private static boolean has(Fields head, int at, String latin) {
        return head.has(at, latin.getBytes(StandardCharsets.ISO_8859_1));
    }
}

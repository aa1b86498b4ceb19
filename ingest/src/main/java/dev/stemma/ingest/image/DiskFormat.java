package dev.stemma.ingest.image;

import dev.stemma.ingest.bytes.ByteSource;
import dev.stemma.ingest.bytes.Fields;
import dev.stemma.ingest.problem.ImageProblem;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

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
    /** The description of a Parallels disk, whose images lie beside it. */
    PARALLELS_BUNDLE,
    /** An archive of an OVF package. */
    OVA,
    /** The envelope of an OVF package, whose files lie beside it. */
    OVF,
    GZIP,
    XZ,
    ZSTD,
    BZIP2;

    private static final int HEAD_BYTES = 512;
    private static final int XML_HEAD_BYTES = 4_096;
    private static final int RAW_HEAD_BYTES = 2_048;

    /** QEMU's word for it, where QEMU knows it. */
    String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** Whether it can lie below an overlay, or be one. */
    boolean layered() {
        return switch (this) {
            case RAW, QCOW2, QCOW, VMDK, VDI, VHDX, VPC, PARALLELS -> true;
            case QED, PARALLELS_BUNDLE, OVA, OVF, GZIP, XZ, ZSTD, BZIP2 -> false;
        };
    }

    /** The words of all that is read, for people. */
    static String readable() {
        return Arrays.stream(values())
                .filter(format -> switch (format) {
                    case GZIP, XZ, ZSTD, BZIP2 -> false;
                    case RAW, QCOW2, QCOW, QED, VMDK, VDI, VHDX, VPC, PARALLELS, PARALLELS_BUNDLE, OVA, OVF -> true;
                })
                .map(DiskFormat::word)
                .collect(Collectors.joining(", "));
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
        return has(head, 0, "<") || has(head, 0, "\u00ef\u00bb\u00bf<") ? described(bytes, size) : compressed(head);
    }

    /** Whether what has no magic number starts with a boot sector, or holds a file system of ext's or XFS's. */
    static boolean startsAsADisk(ByteSource bytes) throws ImageProblem {
        long length = Math.min(bytes.sizeBytes(), RAW_HEAD_BYTES);
        Fields head = Fields.read(bytes, "first sectors", 0, length, ByteOrder.BIG_ENDIAN);
        return has(head, 510, "\u0055\u00aa") || has(head, 1_080, "\u0053\u00ef") || has(head, 0, "XFSB");
    }

    /** The two kinds of XML that describe disks. */
    private static DiskFormat described(ByteSource bytes, long size) throws ImageProblem {
        long length = Math.min(size, XML_HEAD_BYTES);
        String head = new String(
                Fields.read(bytes, "magic number", 0, length, ByteOrder.BIG_ENDIAN)
                        .bytes(0, length),
                StandardCharsets.ISO_8859_1);
        if (head.contains("<Parallels_disk_image")) {
            return PARALLELS_BUNDLE;
        }
        return head.contains("Envelope") && head.contains("/ovf/envelope") ? OVF : RAW;
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

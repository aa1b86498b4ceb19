package dev.stemma.ingest.reference;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The formats that a disk can be checked out to. */
public enum DiskImageFormat {
    /** QEMU's, not compressed. */
    QCOW2("qcow2", true),
    /** QEMU's, clusters compressed with zstd; read by QEMU 5.1 and later. */
    QCOW2_ZSTD("qcow2", true, "-c", "-o", "compression_type=zstd"),
    /** VMware's, growing, in one file. */
    VMDK("vmdk", true, "-o", "subformat=monolithicSparse"),
    /** VMware's for transport, compressed. */
    VMDK_STREAM("vmdk", true, "-o", "subformat=streamOptimized"),
    /** VirtualBox's, growing. */
    VDI("vdi", true),
    /** Hyper-V's, growing. */
    VHDX("vhdx", true, "-o", "subformat=dynamic"),
    /** Virtual PC's, growing; the size is stated, or QEMU would round it up to whole cylinders. */
    VPC("vpc", false, "-o", "subformat=dynamic,force_size=on");

    private final String driver;
    private final boolean checked;
    private final List<String> options;

    DiskImageFormat(String driver, boolean checked, String... options) {
        this.driver = driver;
        this.checked = checked;
        this.options = List.of(options);
    }

    /** As people and answers write it: {@code qcow2}, {@code qcow2-zstd}, {@code vmdk-stream}. */
    public String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** The format of that word. */
    public static Optional<DiskImageFormat> find(String word) {
        return Arrays.stream(values())
                .filter(format -> format.word().equals(word))
                .findFirst();
    }

    /** QEMU's word for it. */
    String driver() {
        return driver;
    }

    /** Whether {@code qemu-img check} knows how to check it. */
    boolean checked() {
        return checked;
    }

    /** What {@code qemu-img convert} is told. */
    List<String> options() {
        return options;
    }
}

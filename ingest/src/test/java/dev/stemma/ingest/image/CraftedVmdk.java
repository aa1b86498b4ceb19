package dev.stemma.ingest.image;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/** VMDK files that qemu-img does not write. */
final class CraftedVmdk {

    private CraftedVmdk() {}

    /** As VMware streams it: the header says that the directory is known at the end, where a footer repeats the header. */
    static byte[] withFooter(byte[] streamOptimized) {
        int length = (streamOptimized.length + 511) / 512 * 512;
        byte[] bytes = Arrays.copyOf(streamOptimized, length + 3 * 512);
        byte[] header = Arrays.copyOf(streamOptimized, 512);
        ByteBuffer fields = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        fields.putLong(56, -1);
        fields.putLong(length, 1).putInt(length + 12, 3);
        fields.put(length + 512, header);
        return bytes;
    }

    /** A descriptor with these lines for extents. */
    static Path descriptor(Path file, String kind, String... extents) throws Exception {
        return Files.writeString(
                file,
                "# Disk DescriptorFile\nversion=1\nCID=12345678\nparentCID=ffffffff\ncreateType=\"" + kind + "\"\n"
                        + String.join("\n", extents) + "\n");
    }
}

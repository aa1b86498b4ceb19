package dev.stemma.ingest.image;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stemma.ingest.problem.Budget;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Differencing disks, which qemu-img does not make: dynamic ones of its making are turned into them by the specifications, so
 * that what is read is known sector by sector.
 */
class DifferencingIT {

    private static final int SIZE = 8 << 20;
    private static final int BLOCK = 2 << 20;

    @TempDir
    Path images;

    private final byte[] below = new byte[SIZE];
    private final byte[] above = new byte[SIZE];

    /** A parent full of 1, and a child full of 2, whose every third sector of the first block is the parent's. */
    private byte[] expected() {
        byte[] expected = above.clone();
        for (int sector = 0; sector < BLOCK / 512; sector += 3) {
            Arrays.fill(expected, sector * 512, sector * 512 + 512, (byte) 1);
        }
        return expected;
    }

    private byte[] made(String format, String options, byte[] content, String name) throws Exception {
        Path raw = Files.write(images.resolve(name + ".img"), content);
        Path image = images.resolve(name);
        DiskFormatOracleIT.convert(format, options, raw, image);
        return Files.readAllBytes(image);
    }

    private void assertReads(Path child, byte[] expected) throws Exception {
        try (OpenImage open = ImageOpener.open(child, ImageRules.within(images), Budget.of(Duration.ofMinutes(1)))) {
            byte[] read = new byte[SIZE];
            open.bytes().read(0, MemorySegment.ofArray(read));
            assertThat(Arrays.mismatch(read, expected)).isEqualTo(-1);
            assertThat(open.facts().backing()).hasSize(1);
            for (int at = 0; at < SIZE; at += 1_000_003) { // From the middle of sectors, too.
                byte[] part = new byte[700];
                open.bytes().read(at, MemorySegment.ofArray(part));
                assertThat(part).isEqualTo(Arrays.copyOfRange(expected, at, at + 700));
            }
        }
    }

    @Test
    void aDifferencingVhdTakesEachSectorFromWhereItIs() throws Exception {
        Arrays.fill(below, (byte) 1);
        Arrays.fill(above, (byte) 2);
        byte[] parent = made("vpc", "-o force_size=on", below, "parent.vhd");
        byte[] child = made("vpc", "-o force_size=on", above, "child.vhd");
        difference(child, parent, ".\\parent.vhd");
        Files.write(images.resolve("child.vhd"), child);
        assertReads(images.resolve("child.vhd"), expected());

        difference(child, child, ".\\parent.vhd");
        Files.write(images.resolve("child.vhd"), child);
        Problems.of("backing-changed", images.resolve("child.vhd"), ImageRules.within(images));
        difference(child, parent, "..\\..\\etc\\passwd");
        Files.write(images.resolve("child.vhd"), child);
        Problems.of("backing-forbidden", images.resolve("child.vhd"), ImageRules.within(images));
        difference(child, parent, "C:\\Users\\somebody\\parent.vhd");
        Files.write(images.resolve("child.vhd"), child);
        assertReads(images.resolve("child.vhd"), expected());
    }

    private static void difference(byte[] child, byte[] parent, String path) {
        ByteBuffer fields = ByteBuffer.wrap(child);
        int header = (int) fields.getLong(16);
        fields.put(header + 40, parent, 68, 16);
        byte[] name = path.getBytes(StandardCharsets.UTF_16LE);
        int locator = header + 576;
        int table = (int) fields.getLong(header + 16);
        int place = table + 64; // The table has four entries, and room behind them to the end of its sector.
        fields.putInt(locator, 0x57327275).putInt(locator + 4, 1).putInt(locator + 8, name.length);
        fields.putLong(locator + 16, place).put(place, name);
        sealed(child, header, 1_024, 36);
        int block = fields.getInt(table) * 512;
        for (int sector = 0; sector < BLOCK / 512; sector += 3) {
            child[block + sector / 8] &= (byte) ~(0x80 >>> sector % 8);
        }
        for (int footer : new int[] {0, child.length - 512}) {
            fields.putInt(footer + 60, 4);
            sealed(child, footer, 512, 64);
        }
    }

    private static void sealed(byte[] bytes, int at, int length, int position) {
        ByteBuffer.wrap(bytes).putInt(at + position, 0);
        int sum = 0;
        for (int i = 0; i < length; i++) {
            sum += bytes[at + i] & 0xff;
        }
        ByteBuffer.wrap(bytes).putInt(at + position, ~sum);
    }

    @Test
    void aDifferencingVhdxTakesEachSectorFromWhereItIs() throws Exception {
        Arrays.fill(below, (byte) 1);
        Arrays.fill(above, (byte) 2);
        byte[] parent = made("vhdx", "-o block_size=2M", below, "parent.vhdx");
        byte[] child = difference(made("vhdx", "-o block_size=2M", above, "child.vhdx"), parent);
        Files.write(images.resolve("child.vhdx"), child);
        assertReads(images.resolve("child.vhdx"), expected());

        parent[(128 << 10) + 32] ^= 1; // Another content id, in both headers.
        parent[(64 << 10) + 32] ^= 1;
        resealed(parent, 64 << 10, 4_096);
        resealed(parent, 128 << 10, 4_096);
        Files.write(images.resolve("parent.vhdx"), parent);
        Problems.of("backing-changed", images.resolve("child.vhdx"), ImageRules.within(images));
    }

    @Test
    void aVhdxWithALogNeedsRecovery() throws Exception {
        byte[] image = made("vhdx", "", below, "dirty.vhdx");
        for (int header : new int[] {64 << 10, 128 << 10}) {
            image[header + 48] = 1;
            resealed(image, header, 4_096);
        }
        Path dirty = Files.write(images.resolve("dirty.vhdx"), image);
        assertThat(Problems.of("needs-recovery", dirty, ImageRules.within(images))
                        .remedy())
                .contains("qemu-img check");
    }

    private static byte[] difference(byte[] made, byte[] parent) throws Exception {
        byte[] child = Arrays.copyOf(made, (made.length + (1 << 20) - 1 >> 20) + 1 << 20);
        ByteBuffer fields = ByteBuffer.wrap(child).order(ByteOrder.LITTLE_ENDIAN);
        int regions = 192 << 10;
        int first = fields.getInt(regions + 16) == 0x2dc27766 ? regions + 16 : regions + 48;
        int table = (int) fields.getLong(first + 16);
        int metadata = (int) fields.getLong((first == regions + 16 ? regions + 48 : regions + 16) + 16);
        int count = fields.getShort(metadata + 10);
        for (int i = 0; i < count; i++) {
            int entry = metadata + 32 + i * 32;
            if (fields.getInt(entry) == 0xcaa16737) {
                int parameters = metadata + fields.getInt(entry + 16);
                fields.putInt(parameters + 4, fields.getInt(parameters + 4) | 2);
            }
        }
        byte[] locator = locator("{" + guid(parent, newest(parent) + 32) + "}", ".\\parent.vhdx");
        int place = 512 << 10;
        fields.put(metadata + place, locator);
        int entry = metadata + 32 + count * 32;
        fields.putInt(entry, 0xa8d35f2d).putShort(entry + 4, (short) 0xb30b).putShort(entry + 6, (short) 0x454d);
        fields.put(
                entry + 8,
                new byte[] {(byte) 0xab, (byte) 0xf7, (byte) 0xd3, (byte) 0xd8, 0x48, 0x34, (byte) 0xab, 0x0c});
        fields.putInt(entry + 16, place).putInt(entry + 20, locator.length).putInt(entry + 24, 4);
        fields.putShort(metadata + 10, (short) (count + 1));
        // One chunk has 2,048 blocks of 2 MiB; its bitmap is named behind them, and lies at the end of the file.
        int bitmap = child.length - (1 << 20);
        fields.putLong(table + 2_048 * 8, (long) bitmap | 6);
        Arrays.fill(child, bitmap, child.length, (byte) 0xff);
        for (int sector = 0; sector < BLOCK / 512; sector += 3) {
            child[bitmap + sector / 8] &= (byte) ~(1 << sector % 8);
        }
        fields.putLong(table, fields.getLong(table) & ~7L | 7);
        return child;
    }

    private static int newest(byte[] image) {
        ByteBuffer fields = ByteBuffer.wrap(image).order(ByteOrder.LITTLE_ENDIAN);
        return fields.getLong((64 << 10) + 8) > fields.getLong((128 << 10) + 8) ? 64 << 10 : 128 << 10;
    }

    private static String guid(byte[] bytes, int at) {
        ByteBuffer fields = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        String text =
                String.format("%08X-%04X-%04X-", fields.getInt(at), fields.getShort(at + 4), fields.getShort(at + 6));
        for (int i = 8; i < 16; i++) {
            text += String.format(i == 10 ? "-%02X" : "%02X", bytes[at + i]);
        }
        return text;
    }

    private static byte[] locator(String linkage, String path) {
        String[] texts = {"parent_linkage", linkage, "relative_path", path};
        ByteBuffer locator = ByteBuffer.allocate(1_024).order(ByteOrder.LITTLE_ENDIAN);
        locator.putInt(0xb04aefb7).putShort((short) 0xd19e).putShort((short) 0x4a81);
        locator.put(new byte[] {(byte) 0xb7, (byte) 0x89, 0x25, (byte) 0xb8, (byte) 0xe9, 0x44, 0x59, 0x13});
        locator.putShort((short) 0).putShort((short) 2);
        int at = 20 + 2 * 12;
        for (int pair = 0; pair < 2; pair++) {
            for (int part = 0; part < 2; part++) {
                byte[] text = texts[2 * pair + part].getBytes(StandardCharsets.UTF_16LE);
                locator.putInt(20 + pair * 12 + part * 4, at)
                        .putShort(20 + pair * 12 + 8 + part * 2, (short) text.length);
                locator.put(at, text);
                at += text.length;
            }
        }
        return Arrays.copyOf(locator.array(), at);
    }

    private static void resealed(byte[] bytes, int at, int length) {
        ByteBuffer.wrap(bytes).putInt(at + 4, 0);
        CRC32C sum = new CRC32C();
        sum.update(bytes, at, length);
        ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).putInt(at + 4, (int) sum.getValue());
    }
}

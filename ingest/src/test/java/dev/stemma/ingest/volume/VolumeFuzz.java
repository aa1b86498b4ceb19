package dev.stemma.ingest.volume;

import com.github.luben.zstd.ZstdInputStream;
import dev.stemma.ingest.bytes.FileSource;
import dev.stemma.ingest.fuzz.ImageFuzz;
import dev.stemma.ingest.fuzz.Scratch;
import dev.stemma.ingest.partition.PartitionTable;
import dev.stemma.ingest.partition.Slot;
import java.io.IOException;
import java.io.InputStream;
import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;

/**
 * Damaged members of LVM and of MD arrays, with their checksums made right again. Their makers need a kernel, so a disk with small
 * ones, made by {@code small-members.sh}, is kept packed.
 */
public final class VolumeFuzz extends ImageFuzz {

    /** The partitions of the disk, from 0, by the volumes that they make up. */
    private static final List<List<Integer>> SETS =
            List.of(List.of(0, 1), List.of(2, 3), List.of(4, 5), List.of(6, 7, 8), List.of(9, 10), List.of(11, 12));

    private static final int LABEL = 512;
    private static final int AREA = 4_096;
    private static final int SECTOR = 512;

    @Override
    public String name() {
        return "volume";
    }

    private static Path disk(Path work) throws IOException {
        Path disk = work.resolve("disk");
        try (InputStream packed = Objects.requireNonNull(VolumeFuzz.class.getResourceAsStream("small-members.zst"));
                InputStream plain = new ZstdInputStream(packed)) {
            Files.copy(plain, disk);
        }
        return disk;
    }

    /** The metadata of the first group. */
    static byte[] text(Path work) throws Exception {
        try (FileSource disk = FileSource.open(disk(work))) {
            byte[] member = bytes(PartitionTable.read(disk).slots().getFirst());
            Scratch scratch = new Scratch("member", member);
            return scratch.copy(AREA + (int) number(member, AREA + 40), (int) number(member, AREA + 48));
        }
    }

    private static byte[] bytes(Slot slot) throws Exception {
        byte[] bytes = new byte[Math.toIntExact(slot.bytes().sizeBytes())];
        slot.bytes().read(0, MemorySegment.ofArray(bytes));
        return bytes;
    }

    @Override
    public void make(Path directory) throws Exception {
        try (FileSource disk = FileSource.open(disk(work(directory)))) {
            List<Slot> slots = PartitionTable.read(disk).slots();
            for (int i = 0; i < SETS.size(); i++) {
                for (int member : SETS.get(i)) {
                    Files.write(
                            set(directory, "set-" + i).resolve("member-" + (10 + member)), bytes(slots.get(member)));
                }
            }
        }
    }

    @Override
    protected void seal(List<Scratch> images) {
        for (Scratch image : images) {
            if (image.changed().isEmpty()) {
                continue;
            }
            sealLvm(image);
            for (long at : places(image)) {
                sealMd(image, (int) at);
            }
        }
    }

    private static void sealLvm(Scratch image) {
        if (new String(image.copy(LABEL, 8), StandardCharsets.ISO_8859_1).equals("LABELONE")) {
            image.putLittle(LABEL + 16, (int) LvmChecksum.of(image.copy(LABEL + 20, SECTOR - 20)));
            byte[] area = image.copy(AREA, SECTOR);
            long text = number(area, 40);
            long length = number(area, 48);
            if (text >= 0 && length >= 0 && text < 1 << 20 && length < 1 << 20) {
                image.putLittle(AREA + 56, (int) LvmChecksum.of(image.copy(AREA + (int) text, (int) length)));
            }
            image.putLittle(AREA, (int) LvmChecksum.of(image.copy(AREA + 4, SECTOR - 4)));
        }
    }

    private static List<Long> places(Scratch image) {
        try {
            return MdSuperblock.places(image);
        } catch (dev.stemma.ingest.problem.ImageProblem e) {
            return List.of();
        }
    }

    /** Versions 1: what lies in 256 bytes and two for each role. The 0.90 keeps its sum at 152 of 4,096 bytes. */
    private static void sealMd(Scratch image, int at) {
        boolean old = number(image.copy(at, 16), 4) >>> 32 == 0 && (int) number(image.copy(at, 16), 4) == 0;
        int sumAt = old ? 152 : 216;
        int roles = Math.clamp(number(image.copy(at + 220, 8), 0) & 0xffff_ffffL, 0, 512);
        int length = old ? 4_096 : 256 + 2 * roles;
        image.putLittle(at + sumAt, 0);
        byte[] bytes = image.copy(at, length + 4);
        long sum = 0;
        for (int i = 0; i + 4 <= length; i += 4) {
            sum += number(bytes, i) & 0xffff_ffffL;
        }
        if (length % 4 != 0) {
            sum += number(bytes, length - 2) & 0xffff;
        }
        image.putLittle(at + sumAt, (int) ((sum & 0xffff_ffffL) + (sum >>> 32)));
    }

    private static long number(byte[] bytes, int at) {
        long number = 0;
        for (int i = Math.min(7, bytes.length - at - 1); i >= 0; i--) {
            number = number << 8 | bytes[at + i] & 0xff;
        }
        return number;
    }

    @Override
    protected void read(String set, List<Scratch> images) throws Exception {
        Volumes volumes = Volumes.find(List.copyOf(images));
        byte[] piece = new byte[4_096];
        for (Volumes.Opened one : volumes.opened()) {
            var bytes = one.volume().bytes();
            for (long at : new long[] {0, bytes.sizeBytes() / 2, bytes.sizeBytes() - piece.length}) {
                if (at >= 0 && at + piece.length <= bytes.sizeBytes()) {
                    bytes.read(at, MemorySegment.ofArray(piece));
                    bytes.extents(at, piece.length);
                }
            }
        }
    }
}

package dev.stemma.ingest.filesystem.xfs;

import dev.stemma.ingest.filesystem.Tool;
import dev.stemma.ingest.filesystem.TreeFuzz;
import dev.stemma.ingest.fuzz.Scratch;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.zip.CRC32C;

/** Damaged XFS of versions 4 and 5; in version 5, what was changed gets its right checksum again. */
public final class XfsFuzz extends TreeFuzz {

    /** Where a structure's checksum lies, by its magic number and where that stands. */
    private record Sealed(int magicAt, int lengthBytes, int sumAt) {}

    private static final Map<String, Sealed> SEALED = Map.of(
            "XFSB", new Sealed(0, 512, 224),
            "IN", new Sealed(0, 512, 100),
            "XDB3", new Sealed(0, 4_096, 4),
            "XDD3", new Sealed(0, 4_096, 4),
            "XDF3", new Sealed(0, 4_096, 4),
            "\u003d\u00f1", new Sealed(8, 4_096, 12),
            "\u003e\u00be", new Sealed(8, 1_024, 12),
            "\u003b\u00ee", new Sealed(8, 1_024, 12),
            "XARM", new Sealed(0, 1_024, 12),
            "BMA3", new Sealed(0, 1_024, 64));

    private static final String LINK = "XSLM";

    @Override
    public String name() {
        return "xfs";
    }

    @Override
    public void make(Path directory) throws Exception {
        Tool.require("mkfs.xfs");
        Path work = work(directory);
        Tool.script(XfsFuzz.class, "small-images.sh", work);
        for (String name : List.of("old", "older", "new")) {
            Files.copy(work.resolve(name), set(directory, name).resolve(name));
        }
    }

    @Override
    protected void seal(List<Scratch> images) {
        Scratch image = images.getFirst();
        if (image.name().equals("new")) {
            for (int at : image.changed()) {
                SEALED.forEach((magic, structure) -> seal(image, at, magic, structure));
                seal(image, at, LINK, new Sealed(0, 1_024, 12));
            }
        }
    }

    private static void seal(Scratch image, int at, String magic, Sealed structure) {
        int start = at & -structure.lengthBytes;
        byte[] bytes = image.copy(start, structure.lengthBytes);
        String found = new String(bytes, structure.magicAt, magic.length(), StandardCharsets.ISO_8859_1);
        if (found.equals(magic)) {
            java.util.Arrays.fill(bytes, structure.sumAt, structure.sumAt + 4, (byte) 0);
            CRC32C sum = new CRC32C();
            sum.update(bytes, 0, bytes.length);
            image.putLittle(start + structure.sumAt, (int) sum.getValue());
        }
    }
}

package dev.stemma.ingest.image.vhd;

import dev.stemma.ingest.bytes.ByteSource;
import dev.stemma.ingest.bytes.Fields;
import dev.stemma.ingest.image.layer.BackingName;
import dev.stemma.ingest.image.layer.Layer;
import dev.stemma.ingest.problem.Corrupt;
import dev.stemma.ingest.problem.ImageProblem;
import dev.stemma.ingest.problem.Origin;
import dev.stemma.ingest.problem.Unsupported;
import java.nio.ByteOrder;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Optional;

/** What the header of a differencing VHD says of its parent: an id, a name, and locators of which only the relative path counts. */
final class VhdParent {

    private static final int LOCATORS = 8;
    private static final int FIRST_LOCATOR = 576;
    private static final int LOCATOR_BYTES = 24;
    private static final int NAME_BYTES = 512;
    private static final int MAX_PATH_BYTES = 4_096;
    private static final long WINDOWS_RELATIVE = 0x57327275L; // W2ru

    private VhdParent() {}

    static Layer.Backing read(ByteSource file, Fields header) throws ImageProblem {
        Origin origin = file.origin().within("vhd header");
        Optional<String> path = Optional.empty();
        for (int i = 0; i < LOCATORS && path.isEmpty(); i++) {
            Fields locator = header.part("parent locator " + (i + 1), FIRST_LOCATOR + i * LOCATOR_BYTES, LOCATOR_BYTES);
            if (locator.u32(0) == WINDOWS_RELATIVE) {
                path = path(file, locator);
            }
        }
        String named = path.orElse(text(header.bytes(64, NAME_BYTES), StandardCharsets.UTF_16BE));
        if (named.isEmpty()) {
            throw new Unsupported(
                    "backing-unnamed",
                    origin,
                    "holds the differences to another VHD, which it names by an id alone",
                    "Merge it into a copy where it came from.");
        }
        return new Layer.Backing(
                BackingName.ofWindows(named),
                Optional.of("vpc"),
                Optional.of(HexFormat.of().formatHex(header.bytes(40, 16))));
    }

    private static Optional<String> path(ByteSource file, Fields locator) throws ImageProblem {
        long length = locator.u32(8);
        if (length == 0) {
            return Optional.empty();
        }
        if (length > MAX_PATH_BYTES || length % 2 != 0) {
            throw new Corrupt("bad-value", locator.origin(), "claims a path of " + length + " bytes");
        }
        Fields path = Fields.read(file, "parent path", locator.u63(16), length, ByteOrder.BIG_ENDIAN);
        return Optional.of(text(path.bytes(0, length), StandardCharsets.UTF_16LE));
    }

    private static String text(byte[] bytes, Charset charset) {
        String text = new String(bytes, charset);
        int end = text.indexOf('\0');
        return end < 0 ? text : text.substring(0, end);
    }
}

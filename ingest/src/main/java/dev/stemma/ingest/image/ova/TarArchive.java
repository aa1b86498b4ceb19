package dev.stemma.ingest.image.ova;

import dev.stemma.ingest.bytes.ByteSource;
import dev.stemma.ingest.bytes.Fields;
import dev.stemma.ingest.problem.Corrupt;
import dev.stemma.ingest.problem.ImageProblem;
import dev.stemma.ingest.problem.Origin;
import dev.stemma.ingest.problem.Unsupported;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The regular files of a tar archive, where they lie: nothing is unpacked. Knows ustar (POSIX 1003.1), the sizes in base 256 of
 * GNU tar, and of pax headers the size; that is what OVF packages are written in. Not Commons Compress, for this is all of it
 * that is needed, and here every step is bounded and has a place.
 *
 * @param files by name, in the order of the archive
 */
record TarArchive(Map<String, ByteSource> files) {

    private static final int BLOCK_BYTES = 512;
    private static final int MAX_FILES = 4_096;
    private static final int MAX_PAX_BYTES = 64 << 10;
    private static final String PAX_SIZE = "size=";

    static TarArchive read(ByteSource archive) throws ImageProblem {
        Map<String, ByteSource> files = new LinkedHashMap<>();
        Optional<Long> statedSize = Optional.empty();
        long end = archive.sizeBytes();
        long at = 0;
        for (int i = 0; at <= end - BLOCK_BYTES; i++) {
            Fields header = Fields.read(archive, "tar header at byte " + at, at, BLOCK_BYTES, ByteOrder.BIG_ENDIAN);
            if (header.u8(0) == 0) {
                break; // The empty block that ends an archive.
            }
            if (i >= MAX_FILES) {
                throw new Corrupt("bad-value", header.origin(), "has more than " + MAX_FILES + " entries");
            }
            requireSound(header);
            long size = statedSize.isPresent() ? statedSize.get() : size(header);
            statedSize = Optional.empty();
            at += BLOCK_BYTES;
            if (size < 0 || size > end - at) {
                throw new Corrupt(
                        "truncated",
                        header.origin(),
                        "claims " + size + " bytes, the archive ends at " + end,
                        "Copy the image again from its source.");
            }
            switch (header.u8(156)) {
                case 0, '0', '7' -> {
                    String name = name(header);
                    files.putIfAbsent(name, archive.slice(shown(name), at, size));
                }
                case 'x' -> statedSize = paxSize(archive, at, size, header.origin());
                case 'L' ->
                    throw new Unsupported(
                            "unsupported-feature", header.origin(), "has names of more than 100 bytes in GNU's form");
                default -> {} // Directories, links: no package needs them.
            }
            at += (size + BLOCK_BYTES - 1) / BLOCK_BYTES * BLOCK_BYTES;
        }
        return new TarArchive(files);
    }

    private static void requireSound(Fields header) throws ImageProblem {
        long sum = 0;
        for (int i = 0; i < BLOCK_BYTES; i++) {
            sum += i >= 148 && i < 156 ? ' ' : header.u8(i);
        }
        if (octal(header, 148, 8) != sum) {
            throw new Corrupt(
                    "bad-checksum",
                    header.origin(),
                    "its checksum does not fit",
                    "Copy the image again from its source.");
        }
    }

    private static long size(Fields header) throws Corrupt {
        if (header.u8(124) == 0x80) {
            return header.u63(128);
        }
        return octal(header, 124, 12);
    }

    private static long octal(Fields header, int at, int length) throws Corrupt {
        long value = 0;
        for (int i = at; i < at + length; i++) {
            int digit = header.u8(i);
            if (digit >= '0' && digit <= '7') {
                value = value * 8 + digit - '0';
            } else if (digit != 0 && digit != ' ') {
                throw new Corrupt("bad-value", header.origin(), "has a number that is none at byte " + i);
            }
        }
        return value;
    }

    private static String name(Fields header) throws Corrupt {
        String name = text(header.bytes(0, 100));
        String prefix = header.u8(257) == 'u' && header.u8(263) == '0' ? text(header.bytes(345, 155)) : "";
        return prefix.isEmpty() ? name : prefix + "/" + name;
    }

    private static String text(byte[] bytes) {
        String text = new String(bytes, StandardCharsets.UTF_8);
        int end = text.indexOf('\0');
        return end < 0 ? text : text.substring(0, end);
    }

    private static String shown(String name) {
        return dev.stemma.graph.model.GuestName.ofText(name).escaped();
    }

    /** Records of "LENGTH key=value\n"; only the size matters, for files of 8 GiB and more. */
    private static Optional<Long> paxSize(ByteSource archive, long at, long size, Origin origin) throws ImageProblem {
        if (size > MAX_PAX_BYTES) {
            throw new Corrupt("bad-value", origin, "has an extended header of " + size + " bytes");
        }
        String records = new String(
                Fields.read(archive, "pax header", at, size, ByteOrder.BIG_ENDIAN)
                        .bytes(0, size),
                StandardCharsets.UTF_8);
        for (String line : records.split("\n", -1)) {
            String record = line.substring(line.indexOf(' ') + 1);
            if (record.startsWith(PAX_SIZE)
                    && record.substring(PAX_SIZE.length()).matches("\\d{1,18}")) {
                return Optional.of(Long.parseLong(record.substring(PAX_SIZE.length())));
            }
        }
        return Optional.empty();
    }
}

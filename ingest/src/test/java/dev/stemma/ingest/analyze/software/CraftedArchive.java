package dev.stemma.ingest.analyze.software;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** Small archives with all that is looked at. */
final class CraftedArchive {

    private CraftedArchive() {}

    /** Maven's properties, a manifest, and an archive inside. */
    static byte[] jar() throws IOException {
        return zip(
                "META-INF/MANIFEST.MF",
                bytes("Manifest-Version: 1.0\r\nBundle-SymbolicName: b\r\nBundle-Version: 2\r\n\r\n"),
                "META-INF/maven/g/a/pom.properties",
                bytes("groupId=g\nartifactId=a\nversion=1\n"),
                "lib/x.jar",
                zip("META-INF/maven/g/i/pom.properties", bytes("groupId=g\nartifactId=i\nversion=1\n")));
    }

    /** The same behind a 64-bit end record, as archives of more than 65,535 entries have it. */
    static byte[] wide() throws IOException {
        byte[] jar = jar();
        ByteBuffer end = ByteBuffer.wrap(jar, jar.length - 22, 22).slice().order(ByteOrder.LITTLE_ENDIAN);
        ByteBuffer out = ByteBuffer.allocate(jar.length + 56 + 20)
                .order(ByteOrder.LITTLE_ENDIAN)
                .put(jar, 0, jar.length - 22);
        out.putInt(0x06064b50)
                .putLong(44)
                .putShort((short) 45)
                .putShort((short) 45)
                .putInt(0)
                .putInt(0);
        out.putLong(end.getShort(10))
                .putLong(end.getShort(10))
                .putLong(end.getInt(12))
                .putLong(end.getInt(16));
        out.putInt(0x07064b50).putInt(0).putLong(jar.length - 22).putInt(1);
        out.putInt(0x06054b50).putInt(0).putInt(-1).putInt(-1).putInt(-1).putShort((short) 0);
        return out.array();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    private static byte[] zip(Object... entries) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(out)) {
            for (int i = 0; i < entries.length; i += 2) {
                zip.putNextEntry(new ZipEntry((String) entries[i]));
                zip.write((byte[]) entries[i + 1]);
            }
        }
        return out.toByteArray();
    }
}

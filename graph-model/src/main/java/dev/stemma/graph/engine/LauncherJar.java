package dev.stemma.graph.engine;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.LocalDateTime;
import java.util.Arrays;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * Puts {@link Launcher} into a jar of its own, so that the child sees nothing else of Stemma's class path. (An AOT cache
 * also wants jars only.) The jar is left alone while it is the same, bytes and time.
 */
final class LauncherJar {

    private static final LocalDateTime FIXED_TIME = LocalDateTime.of(2026, 1, 1, 0, 0);

    private LauncherJar() {}

    static Path write(Path directory) throws IOException {
        byte[] bytes = jar();
        Path jar = directory.resolve("launcher.jar");
        if (!Files.exists(jar) || !Arrays.equals(Files.readAllBytes(jar), bytes)) {
            Path fresh = directory.resolve("launcher.jar.new");
            Files.write(fresh, bytes);
            Files.move(fresh, jar, StandardCopyOption.ATOMIC_MOVE);
        }
        return jar;
    }

    private static byte[] jar() throws IOException {
        String name = Launcher.class.getName().replace('.', '/') + ".class";
        var bytes = new ByteArrayOutputStream();
        try (InputStream code = Launcher.class.getResourceAsStream("/" + name);
                ZipOutputStream zip = new ZipOutputStream(bytes)) {
            if (code == null) {
                throw new EngineException("the class path lacks " + name);
            }
            ZipEntry entry = new ZipEntry(name);
            entry.setTimeLocal(FIXED_TIME);
            zip.putNextEntry(entry);
            code.transferTo(zip);
        }
        return bytes.toByteArray();
    }
}

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

    /** The jar beside the server's when it is the same, else one in the data directory: others may share the server's jars. */
    static Path write(LocalNeo4j.Settings settings) throws IOException {
        byte[] bytes = jar();
        Path shared = StartCache.launcher(settings.jars());
        if (same(shared, bytes)) {
            return shared;
        }
        Path jar = settings.cacheOutput().isPresent()
                ? shared
                : settings.directory().resolve("launcher.jar");
        if (!same(jar, bytes)) {
            Path fresh = jar.resolveSibling("launcher.jar.new");
            Files.write(fresh, bytes);
            Files.move(fresh, jar, StandardCopyOption.ATOMIC_MOVE);
        }
        return jar;
    }

    private static boolean same(Path jar, byte[] bytes) throws IOException {
        return Files.exists(jar) && Arrays.equals(Files.readAllBytes(jar), bytes);
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

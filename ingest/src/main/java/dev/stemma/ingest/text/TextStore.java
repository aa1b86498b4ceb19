package dev.stemma.ingest.text;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdInputStream;
import com.github.luben.zstd.ZstdOutputStream;
import dev.stemma.graph.id.Digest;
import dev.stemma.graph.model.ConfigurationPlaces;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;

/**
 * Kept texts below one directory, each under the digest of the content that it is of: {@code ab/cdef….text.zst}. Safe for use by several
 * threads and processes.
 */
public final class TextStore {

    /** Redaction can make a text longer, by some characters for each secret; nothing that was kept comes near this. */
    private static final int MAX_KEPT_BYTES = 16 * ConfigurationPlaces.MAX_FILE_BYTES;

    private final Path directory;
    private final SecretRules rules;

    /** @param directory usually {@code $STEMMA_HOME/texts}; made with the first text */
    public TextStore(Path directory) {
        this(directory, SecretRules.SHIPPED);
    }

    TextStore(Path directory, SecretRules rules) {
        this.directory = directory;
        this.rules = rules;
    }

    /** Where the text of a content lies, whether it exists or not. */
    public Path path(Digest content) {
        String hex = content.hex();
        return directory.resolve(hex.substring(0, 2)).resolve(hex.substring(2) + ".text.zst");
    }

    /**
     * What is kept of a content; empty when nothing is, or what is there was damaged.
     *
     * @throws IOException when it cannot be read
     */
    public Optional<KeptText> find(Digest content) throws IOException {
        try (InputStream in = new ZstdInputStream(Files.newInputStream(path(content)))) {
            byte[] bytes = in.readNBytes(MAX_KEPT_BYTES + 1);
            return bytes.length > MAX_KEPT_BYTES ? Optional.empty() : Optional.of(TextForm.parse(content, bytes));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (com.github.luben.zstd.ZstdIOException | IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /**
     * Keeps a content's text without its secrets, unless that was done by the same rules before.
     *
     * @param content digest of the bytes
     * @param bytes all of it, 64 KiB at most
     */
    public void keep(Digest content, byte[] bytes) throws IOException {
        if (isCurrent(content)) {
            return;
        }
        Path target = path(content);
        Path parent = Files.createDirectories(directory.resolve(content.hex().substring(0, 2)));
        Path temporary = Files.createTempFile(parent, "new-", ".tmp");
        try {
            try (OutputStream out = new ZstdOutputStream(
                            Files.newOutputStream(temporary), Zstd.defaultCompressionLevel())
                    .setChecksum(true)) {
                out.write(TextForm.bytes(TextForm.kept(content, bytes, rules)));
            }
            Files.move(temporary, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(temporary);
        }
    }

    private boolean isCurrent(Digest content) throws IOException {
        return find(content)
                .map(kept -> switch (kept) {
                    case KeptText.Binary _ -> true;
                    case KeptText.Text text -> text.rules().equals(rules.name());
                })
                .orElse(false);
    }
}

package dev.stemma.ingest.manifest;

import com.github.luben.zstd.Zstd;
import dev.stemma.graph.id.Digest;
import dev.stemma.graph.id.Reference;
import dev.stemma.graph.model.Entry;
import dev.stemma.ingest.fuzz.TextFuzz;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Manifests, and what people type to name an image: the first byte chooses. */
public final class ManifestFuzz extends TextFuzz {

    @Override
    public String name() {
        return "manifest";
    }

    @Override
    protected List<byte[]> texts(Path work) throws Exception {
        StringBuilder text = new StringBuilder("m")
                .append(Mtree.SIGNATURE)
                .append('\n')
                .append(Mtree.VERSION)
                .append('\n');
        Mtree.append(text, new ManifestLine.Section(1, 2, "ext4", Optional.of("uuid"), Optional.of("label")));
        for (Entry entry : new RandomEntries(1).below(25)) {
            Mtree.append(text, entry);
        }
        return List.of(
                text.toString().getBytes(StandardCharsets.US_ASCII),
                "rsha256:0123456789".getBytes(StandardCharsets.US_ASCII),
                "rweb:1.2".getBytes(StandardCharsets.US_ASCII),
                "rimg-01234567890123456789".getBytes(StandardCharsets.US_ASCII));
    }

    @Override
    public void run(byte[] input) throws Exception {
        if (input.length > 0 && input[0] == 'r') {
            String text = new String(input, 1, input.length - 1, StandardCharsets.UTF_8);
            typed(() -> Reference.parse(text));
            typed(() -> Digest.parse(text));
        } else if (input.length > 0) {
            manifest(java.util.Arrays.copyOfRange(input, 1, input.length));
        }
    }

    private static void typed(Runnable parse) {
        try {
            parse.run();
        } catch (IllegalArgumentException e) {
            if (e.getMessage() == null) {
                throw e;
            }
        }
    }

    private static void manifest(byte[] text) throws Exception {
        Path file = Files.createTempFile("stemma-", ".mtree.zst");
        try {
            Files.write(file, Zstd.compress(text));
            try (ManifestReader reader = new ManifestReader(file, Digest.sha256(text))) {
                while (reader.next().isPresent()) {
                    // Every line, to the end.
                }
            } catch (DamagedManifestException refused) {
                return;
            }
        } finally {
            Files.delete(file);
        }
    }
}

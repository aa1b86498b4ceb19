package dev.stemma.ingest.text;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stemma.graph.id.Digest;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is kept is found again, without its secrets; what was damaged is not taken for it. */
class TextStoreTest {

    @TempDir
    Path directory;

    private Digest keep(TextStore store, byte[] bytes) throws Exception {
        Digest digest = Digest.sha256(bytes);
        store.keep(digest, bytes);
        return digest;
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    @Test
    void textsAreFoundUnderTheDigestOfTheWholeContent() throws Exception {
        TextStore store = new TextStore(directory.resolve("texts"));
        assertThat(store.find(Digest.EMPTY)).isEmpty();
        for (String text : List.of("", "\n", "a", "ä\nb\n", "a\r\nb\f\u001b[0m\t")) {
            Digest digest = keep(store, bytes(text));
            assertThat(store.find(digest))
                    .contains(new KeptText.Text(digest, bytes(text).length, "secrets/1", 0, text));
        }
        Digest latin = keep(store, new byte[] {'f', (byte) 0xfc, 'r'});
        assertThat(store.find(latin)).contains(new KeptText.Text(latin, 3, "secrets/1", 0, "für"));
        Digest binary = keep(store, new byte[] {0x7f, 'E', 'L', 'F', 0});
        assertThat(store.find(binary)).contains(new KeptText.Binary(binary, 5));
    }

    @Test
    void noSecretIsOnDiskAndBetterRulesTakeOutMore() throws Exception {
        byte[] text = bytes("word = hidden\npassword = verysecret\n");
        SecretRules none = SecretRules.parse(bytes("version: 0\nrules:\n  x: {pattern: 'nothingatall'}\n"));
        Digest digest = keep(new TextStore(directory, none), text);
        assertThat(((KeptText.Text) new TextStore(directory).find(digest).orElseThrow()).text())
                .contains("verysecret");
        TextStore store = new TextStore(directory);
        keep(store, text);
        KeptText.Text kept = (KeptText.Text) store.find(digest).orElseThrow();
        assertThat(kept.text()).isEqualTo("word = hidden\npassword = [redacted: named]\n");
        assertThat(kept.redacted()).isEqualTo(1);
        try (var files = Files.walk(directory)) {
            assertThat(files.filter(Files::isRegularFile)).containsExactly(store.path(digest));
        }
    }

    @Test
    void whatIsDamagedIsNotThereAndIsMadeAgain() throws Exception {
        TextStore store = new TextStore(directory);
        byte[] text = bytes("Port 22\n".repeat(50));
        Digest digest = keep(store, text);
        byte[] whole = Files.readAllBytes(store.path(digest));
        Random random = new Random(Long.getLong("seed", 26));
        Optional<KeptText> right = store.find(digest);
        for (int i = 0; i < 300; i++) {
            byte[] broken = whole.clone();
            broken[random.nextInt(broken.length)] ^= (byte) (1 << random.nextInt(8));
            int length = random.nextInt(4) == 0 ? random.nextInt(broken.length) : broken.length;
            Files.write(store.path(digest), java.util.Arrays.copyOf(broken, length));
            // A bit that means nothing to zstd may be flipped.
            assertThat(store.find(digest)).isIn(Optional.empty(), right);
        }
        Files.write(store.path(digest), bytes("rubbish"));
        keep(store, text);
        assertThat(store.find(digest)).isEqualTo(right);
    }
}

package dev.stemma.ingest.filesystem.guestfs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stemma.graph.id.Digest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DigestListTest {

    @TempDir
    Path work;

    @Test
    void pathsAreReadWithTheirEscapes() throws Exception {
        DigestList list = read(Digest.EMPTY.hex() + "  ./plain\n\\" + Digest.EMPTY.hex() + "  ./line\\nbreak\\\\\n");

        assertThat(list.find(bytes("./plain"))).contains(Digest.EMPTY);
        assertThat(list.find(bytes("./line\nbreak\\"))).contains(Digest.EMPTY);
        assertThat(list.find(bytes("./other"))).isEmpty();
    }

    @Test
    void linesThatAreNoneAreRefused() {
        assertThatThrownBy(() -> read("short\n")).isInstanceOf(IOException.class);
        assertThatThrownBy(() -> read("z".repeat(64) + "  ./path\n")).isInstanceOf(IOException.class);
        assertThatThrownBy(() -> read("x".repeat(200_000))).isInstanceOf(IOException.class);
    }

    private DigestList read(String text) throws IOException {
        return DigestList.read(Files.writeString(work.resolve("sums"), text, StandardCharsets.ISO_8859_1));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }
}

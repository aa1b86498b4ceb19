package dev.stemma.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stemma.graph.GraphExtension;
import dev.stemma.graph.id.Digest;
import dev.stemma.graph.model.Level;
import dev.stemma.graph.store.Graph;
import dev.stemma.ingest.filesystem.Tool;
import dev.stemma.ingest.image.ImageRules;
import dev.stemma.ingest.manifest.ManifestStore;
import dev.stemma.ingest.problem.Budget;
import dev.stemma.ingest.text.KeptText;
import dev.stemma.ingest.text.TextStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Which texts an index run keeps of a guest: small, of configuration, under the digest that the graph has, and without secrets. */
@ExtendWith(GraphExtension.class)
class PipelineTextIT {

    private static final String MAKE = """
            set -eu
            cd "$1"
            mkdir -p tree/etc/ssh tree/etc/ssl/private tree/etc/deep/er tree/usr/share/doc tree/usr/local/etc tree/var/log/apt
            echo ID=debian > tree/etc/os-release
            printf 'root:$6$saltsalt$averysecrethash:1:0:99999:7:::\\n' > tree/etc/shadow
            printf 'user = me\\npassword = verysecretword\\n' > tree/etc/deep/er/app.conf
            echo Port 22 > tree/etc/ssh/sshd_config
            ssh-keygen -q -t ed25519 -N '' -C h -f tree/etc/ssh/ssh_host_ed25519_key
            openssl req -x509 -newkey rsa:2048 -nodes -subj /CN=web -days 9 -keyout tree/etc/ssl/private/k.key -out tree/etc/ssl/c.pem 2>/dev/null
            head -c 2000 /dev/zero > tree/etc/binary
            yes '# a comment' | head -c 70000 > tree/etc/large
            ln -s sshd_config tree/etc/ssh/link
            echo not configuration > tree/usr/share/doc/readme
            printf 'Start-Date: 2026-01-01  10:00:00\\nInstall: nginx:amd64 (1.22)\\n' > tree/var/log/apt/history.log
            echo hello > tree/var/log/syslog
            echo local > tree/usr/local/etc/local.conf
            mke2fs -q -t ext4 -d tree one.raw 16M
            """;

    private final Graph graph;

    PipelineTextIT(Graph graph) {
        this.graph = graph;
    }

    @Test
    void configurationIsKeptWithoutItsSecrets(@TempDir Path temporary) throws Exception {
        Path directory = temporary.toRealPath();
        Tool.require("ssh-keygen", "openssl", "mke2fs");
        Path script = Files.writeString(directory.resolve("make.sh"), MAKE);
        Tool.run(List.of("sh", script.toString(), directory.toString()));
        Path place = directory.resolve("texts");
        TextStore texts = new TextStore(place);
        for (int run = 0; run < 2; run++) {
            new IngestPipeline(graph, new ManifestStore(directory.resolve("manifests")), texts)
                    .run(
                            IngestRequest.of(directory.resolve("one.raw"), Level.FULL, ImageRules.within(directory)),
                            ProgressListener.NONE,
                            Budget.of(Duration.ofMinutes(2)));
        }
        Path tree = directory.resolve("tree");
        assertThat(text(texts, tree.resolve("etc/ssh/sshd_config"))).isEqualTo("Port 22\n");
        assertThat(text(texts, tree.resolve("usr/local/etc/local.conf"))).isEqualTo("local\n");
        assertThat(text(texts, tree.resolve("var/log/apt/history.log"))).contains("Install: nginx:amd64 (1.22)\n");
        assertThat(texts.find(digest(tree.resolve("var/log/syslog")))).isEmpty();
        assertThat(text(texts, tree.resolve("etc/deep/er/app.conf")))
                .isEqualTo("user = me\npassword = [redacted: named]\n");
        assertThat(text(texts, tree.resolve("etc/shadow"))).isEqualTo("root:[redacted: hash]:1:0:99999:7:::\n");
        assertThat(text(texts, tree.resolve("etc/ssl/c.pem"))).startsWith("-----BEGIN CERTIFICATE-----\nMII");
        assertThat(texts.find(digest(tree.resolve("etc/binary")))).containsInstanceOf(KeptText.Binary.class);
        assertThat(texts.find(digest(tree.resolve("etc/large")))).isEmpty();
        assertThat(texts.find(digest(tree.resolve("usr/share/doc/readme")))).isEmpty();
        for (String key : List.of("etc/ssh/ssh_host_ed25519_key", "etc/ssl/private/k.key")) {
            List<String> lines = text(texts, tree.resolve(key)).lines().toList();
            assertThat(lines).hasSize(3).contains("[redacted: private-key]");
        }
        try (var files = Files.walk(place)) {
            // os-release, shadow, app.conf, sshd_config, two keys with their public halves or certificate, binary,
            // local.conf, history.log
            assertThat(files.filter(Files::isRegularFile)).hasSize(11);
        }
    }

    private static Digest digest(Path file) throws IOException {
        return Digest.sha256(Files.readAllBytes(file));
    }

    private static String text(TextStore texts, Path file) throws IOException {
        return ((KeptText.Text) texts.find(digest(file)).orElseThrow()).text();
    }
}

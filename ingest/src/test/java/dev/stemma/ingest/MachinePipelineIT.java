package dev.stemma.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stemma.graph.GraphExtension;
import dev.stemma.graph.model.Level;
import dev.stemma.graph.store.Graph;
import dev.stemma.graph.store.Row;
import dev.stemma.graph.store.Statement;
import dev.stemma.ingest.filesystem.Tool;
import dev.stemma.ingest.image.ImageRules;
import dev.stemma.ingest.manifest.ManifestStore;
import dev.stemma.ingest.problem.Budget;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** What a machine is, from its disk to the graph: shared values, roles made again, and no secret anywhere. */
@ExtendWith(GraphExtension.class)
class MachinePipelineIT {

    private static final String MAKE = """
            set -eu
            cd "$1"
            mkdir -p tree/etc/ssh tree/etc/ssl/private tree/etc/nginx tree/root tree/opt/db/bin tree/var
            echo ID=debian > tree/etc/os-release
            echo web-1 > tree/etc/hostname
            printf 'root:x:0:0::/root:/bin/sh\\n' > tree/etc/passwd
            printf 'root:$6$saltsalt$averysecrethash:1::::::\\n' > tree/etc/shadow
            printf '0 3 * * * root backup --password=verysecretword\\n' > tree/etc/crontab
            printf 'http {\\n listen 8080;\\n}\\n' > tree/etc/nginx/nginx.conf
            printf binary > tree/opt/db/bin/postgres
            chmod 755 tree/opt/db/bin/postgres
            ssh-keygen -q -t ed25519 -N '' -C h -f tree/etc/ssh/ssh_host_ed25519_key
            openssl req -x509 -newkey rsa:2048 -nodes -subj /CN=web -days 9 -keyout tree/etc/ssl/private/k.key -out tree/etc/ssl/c.pem 2>/dev/null
            mke2fs -q -t ext4 -d tree one.raw 16M
            echo web-2 > tree/etc/hostname
            mke2fs -q -t ext4 -d tree two.raw 16M
            """;

    private final Graph graph;

    MachinePipelineIT(Graph graph) {
        this.graph = graph;
    }

    private IngestOutcome index(Path directory, String image) throws Exception {
        return new IngestPipeline(graph, new ManifestStore(directory.resolve("manifests")))
                .run(
                        IngestRequest.of(directory.resolve(image), Level.FULL, ImageRules.within(directory)),
                        ProgressListener.NONE,
                        Budget.of(Duration.ofMinutes(2)));
    }

    private List<Row> ask(String cypher) {
        return graph.read(Statement.of(cypher));
    }

    @Test
    void aMachineIsInTheGraphWithoutItsSecrets(@TempDir Path temporary) throws Exception {
        Path directory = temporary.toRealPath();
        Tool.require("ssh-keygen", "openssl", "mke2fs");
        Path script = Files.writeString(directory.resolve("make.sh"), MAKE);
        Tool.run(List.of("sh", script.toString(), directory.toString()));
        IngestOutcome one = index(directory, "one.raw");
        IngestOutcome two = index(directory, "two.raw");

        assertThat(one.inventory()).isNotEqualTo(two.inventory());
        assertThat(ask("MATCH (k:SshKey)<-[:HAS_HOST_KEY]-(i:Inventory) RETURN k.id AS id, count(i) AS machines"))
                .extracting(row -> row.number("machines"))
                .containsExactly(2L);
        assertThat(ask("MATCH (h:HostIdentity) RETURN h.hostName AS name ORDER BY name"))
                .extracting(row -> row.text("name"))
                .containsExactly("web-1", "web-2");
        assertThat(
                        ask(
                                "MATCH (c:Certificate) WHERE c.notAfter < datetime() + duration('P30D') RETURN c.subject AS subject"))
                .extracting(row -> row.text("subject"))
                .containsExactly("CN=web");
        String roles = "MATCH (:Inventory {id: '" + one.inventory().hex()
                + "'})-[h:HAS_ROLE]->(r:Role) RETURN r.name AS name, h.analyzer AS analyzer, h.reasons AS reasons ORDER BY name";
        List<Row> told = ask(roles);
        assertThat(told).extracting(row -> row.text("name")).containsExactly("database-server", "web-server");
        assertThat(told.getFirst().texts("reasons"))
                .containsExactly("/opt/db/bin/postgres is a program that no package owns");

        // Derived facts can be dropped; the next run makes them again, and the inventory stays the same.
        graph.write(Statement.of("MATCH (:Inventory)-[h:HAS_ROLE]->() DELETE h"));
        IngestOutcome again = index(directory, "one.raw");
        assertThat(again.inventory()).isEqualTo(one.inventory());
        assertThat(again.known()).isTrue();
        assertThat(ask(roles)).isEqualTo(told);

        StringBuilder everything = new StringBuilder();
        ask("MATCH (n) RETURN properties(n) AS p UNION ALL MATCH ()-[r]->() RETURN properties(r) AS p")
                .forEach(row -> everything.append(row.require("p")).append('\n'));
        assertThat(everything).contains("web-2").doesNotContain("saltsalt", "averysecrethash", "verysecretword");
        for (String key : List.of("etc/ssh/ssh_host_ed25519_key", "etc/ssl/private/k.key")) {
            List<String> lines = Files.readAllLines(directory.resolve("tree").resolve(key));
            for (String line : lines.subList(3, lines.size() - 1)) {
                assertThat(everything).doesNotContain(line);
            }
        }
    }
}

package dev.stemma.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.stemma.api.cli.Session;
import java.util.Map;

/** What the service says of contents: owned files against their checksums, configuration as text. */
record ContentAnswers(Http http, Session stemma) {

    void areGivenByCommandAndByHttp() {
        assertThat(stemma.run("packages", "web", "--verify").out())
                .contains("0 owned files are intact, 0 modified, 0 missing, 3 cannot be verified")
                .containsPattern("unverifiable +/usr/bin/nginx +nginx +1.22.1-9 +the package gives no checksum");
        JsonNode verification = http.get("/api/v1/images/web/verification?limit=1&verdict=unverifiable,modified")
                .json();
        assertThat(verification.path("unverifiable").asInt()).isEqualTo(3);
        assertThat(verification.path("by").asText()).startsWith("verify/");
        assertThat(verification.path("files").path("total").asInt()).isEqualTo(3);
        JsonNode next = http.get("/api/v1/images/web/verification?limit=10&cursor="
                        + verification.path("files").path("next").asText())
                .json();
        assertThat(next.path("files").path("items")).hasSize(2);
        assertThat(http.get("/api/v1/images/web/verification?verdict=modified")
                        .json()
                        .path("files")
                        .path("items"))
                .isEmpty();
        assertThat(http.get("/api/v1/images/web/verification?verdict=odd").status())
                .isEqualTo(400);
        assertThat(stemma.run("packages", "--verify").code()).isEqualTo(2);

        assertThat(stemma.run("drift", "web", "--config").out())
                .contains("from base to web (web derives from base by backing-file, observed)")
                .contains("changed /etc/motd (owned by no package)\n--- a/etc/motd\n+++ b/etc/motd\n@@ -1,1 +1,1 @@\n"
                        + "-welcome\n+welcome to web\n");
        JsonNode drift =
                http.get("/api/v1/drift?image=web&from=base&what=configuration").json();
        assertThat(drift.path("configuration").path("items")).hasSize(1);
        assertThat(drift.path("files").path("changed").asInt()).isEqualTo(1);
        assertThat(http.get("/api/v1/drift?image=web&what=odd").status()).isEqualTo(400);
    }

    /** Sketches are made from manifests. */
    void manifestsListWhatTheGraphHas() {
        String cypher = """
                MATCH (i:Inventory {level: 'full'})
                    -[:HAS_VOLUME|HAS_PARTITION|HOLDS|ROOT|ENTRY|CHUNK*1..]->(file:File)
                WHERE file.sizeBytes > 0
                RETURN i.id, i.filesSketchSize, count(DISTINCT file)
                """;
        JsonNode rows = http.postJson("/cypher", Map.of("query", cypher)).json().path("rows");
        assertThat(rows).isNotEmpty().allSatisfy(row -> assertThat(row.path(1)).isEqualTo(row.path(2)));
    }
}

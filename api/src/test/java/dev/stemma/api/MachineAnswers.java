package dev.stemma.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.stemma.api.cli.Session;
import java.util.Map;

/** What the service says of the machine in an image: command line, HTTP, GraphQL and SPARQL alike. */
record MachineAnswers(Http http, Session stemma) {

    void agreeThatOnlyWebIsAWebServer() {
        assertThat(stemma.run("show", "web").out())
                .containsPattern("web-server +package nginx .* is installed")
                .contains("Identity");
        JsonNode machine = http.get("/api/v1/images/web").json().path("machine");
        assertThat(machine.path("roles").path(0).path("analyzer").asText()).startsWith("roles/");
        assertThat(machine.path("hosts").path(0).path("machineIdState").asText())
                .isNotEmpty();
        JsonNode image = http.postJson(
                        "/graphql",
                        Map.of(
                                "query",
                                "{ images(role: \"web-server\", limit: 5) { name inventory { roles { name reasons } hosts { machineIdState }"
                                        + " boots { firmware } kernels { version } services { name startedBy } masked { name }"
                                        + " jobs { schedule } accounts { name userId password } groups { name members } hostKeys { type }"
                                        + " authorizedKeys { account } certificates { notAfter } privateKeys { file }"
                                        + " interfaces { name } listeners { port } programs { file } } } }"))
                .json()
                .path("data")
                .path("images")
                .path(0);
        assertThat(image.path("name").asText()).isEqualTo("web");
        assertThat(image.path("inventory").path("roles").path(0).path("name").asText())
                .isEqualTo("web-server");
        JsonNode rows = http.post(
                        "/sparql",
                        "application/sparql-query",
                        "PREFIX stemma: <https://stemma.dev/ns#>\n" + """
                        SELECT ?name ?why WHERE { ?i stemma:name ?name ; stemma:currentInventory/stemma:qualifiedRole ?held .
                          ?held stemma:refersTo/stemma:name "web-server" ; stemma:reasons ?why }
                        """,
                        "Accept",
                        "application/sparql-results+json")
                .json()
                .path("results")
                .path("bindings");
        assertThat(rows.path(0).path("name").path("value").asText()).isEqualTo("web");
    }
}

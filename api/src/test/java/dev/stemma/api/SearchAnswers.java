package dev.stemma.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.stemma.api.cli.Session;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** One search language in every way in, asked of the three images of {@link TestImages}. */
record SearchAnswers(Http http, Session stemma) {

    private static final Map<String, List<String>> SEARCHES = Map.of(
            "software:(bash AND openssl) NOT software:curl", List.of("base", "web"),
            "nginx>=1.22 OR curl>8.14.1", List.of("other", "web"),
            "text:\"welcome to web\"", List.of("web"),
            "text:welcom*", List.of("base", "web"),
            "file:/usr/local/*/drop* level:full kind:image state:active", List.of("web"),
            "os:debian -name:/^(base|web)$/", List.of("other"),
            "role:web-server modified>2020-01-01", List.of("web"),
            "", List.of("base", "other", "web"));

    void areGivenInEveryWay() {
        areTheSameByCommandHttpAndGraphql();
        sayWhereTheWordsAreAndCountWhatElseThereIs();
        pointAtWhatIsWrongAndSuggestWhatMayCome();
    }

    private void areTheSameByCommandHttpAndGraphql() {
        SEARCHES.forEach((query, expected) -> {
            JsonNode answer = get("q", query);
            assertThat(names(answer.path("hits").path("items"))).as(query).isEqualTo(expected);
            assertThat(answer.path("hits").path("total").asInt()).isEqualTo(expected.size());
            assertThat(answer.path("indexed").path("full").asInt()).isEqualTo(3);
            String printed = stemma.run("search", query, "--output", "csv").out();
            assertThat(printed.lines()
                            .skip(1)
                            .map(line -> line.split(",", 2)[0])
                            .sorted()
                            .toList())
                    .as(query)
                    .isEqualTo(expected);
            JsonNode graph = http.postJson(
                            "/graphql",
                            Map.of(
                                    "query",
                                    "query($q: String) { images(search: $q) { name } }",
                                    "variables",
                                    Map.of("q", query)))
                    .json();
            assertThat(names(graph.path("data").path("images"))).as(query).isEqualTo(expected);
        });
    }

    private void sayWhereTheWordsAreAndCountWhatElseThereIs() {
        JsonNode answer = get("q", "text:\"welcome to web\"");
        JsonNode excerpt =
                answer.path("hits").path("items").path(0).path("excerpts").path(0);
        assertThat(excerpt.path("path").asText()).isEqualTo("/etc/motd");
        assertThat(excerpt.path("line").asInt()).isEqualTo(1);
        assertThat(excerpt.path("text")
                        .asText()
                        .substring(
                                excerpt.path("start").asInt(),
                                excerpt.path("end").asInt()))
                .isEqualTo("welcome to web");
        assertThat(stemma.run("search", "text:\"welcome to web\"").out()).contains("web /etc/motd:1: welcome to web");
        assertThat(stemma.run("search", "--facets", "level:full").out()).contains("level", "full", "debian 12");
    }

    private void pointAtWhatIsWrongAndSuggestWhatMayCome() {
        Session.Result wrong = stemma.run("search", "os:debian softwre:nginx");
        assertThat(wrong.code()).isEqualTo(2);
        assertThat(wrong.err())
                .contains("  os:debian softwre:nginx\n            ^\n")
                .contains("character 11: ")
                .contains("did you mean software?");
        assertThat(stemma.run("search", "--modified-after", "yesterday").code()).isEqualTo(2);
        JsonNode problem = http.get("/api/v1/search?q=%28a").json();
        assertThat(problem.path("code").asText()).isEqualTo("bad-request");
        assertThat(problem.path("where").asText()).isEqualTo("character 1");
        List<String> ways = new ArrayList<>();
        for (String typed : List.of("os:debian software:ngi", "so", "-stat", "level:f", "role:web")) {
            http.get("/api/v1/search/suggestions?typed=" + encoded(typed))
                    .json()
                    .forEach(way -> ways.add(way.path("query").asText()));
        }
        assertThat(ways).contains("os:debian software:nginx", "software:", "-state:", "level:full", "role:web-server");
    }

    private JsonNode get(String parameter, String value) {
        return http.get("/api/v1/search?" + parameter + "=" + encoded(value)).json();
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    private static List<String> names(JsonNode items) {
        List<String> names = new ArrayList<>();
        items.forEach(item -> names.add(item.path("name").asText()));
        return names.stream().sorted().toList();
    }
}

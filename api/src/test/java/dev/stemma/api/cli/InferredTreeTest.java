package dev.stemma.api.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class InferredTreeTest {

    private static final String FAMILY = """
            {"imageId": "c",
             "members": [{"imageId": "a", "name": "base"}, {"imageId": "b", "name": "web"}, {"imageId": "c", "name": "shop"}],
             "edges": [{"parentId": "a", "childId": "b", "confidence": 0.9, "evidence": [{"logOdds": 2.0, "words": "web is nearest"}]},
                       {"parentId": "b", "childId": "c", "confidence": 0.8, "evidence": [{"logOdds": -1.0, "words": "shop differs"}]}]}
            """;

    @Test
    void theEvidenceOfAnEdgeStandsBelowItAndAboveWhatFollows() {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        PrintStream stream = new PrintStream(out, true, StandardCharsets.UTF_8);
        new InferredTree(Answer.parse(FAMILY)).print(new Terminal(stream, stream, false, Integer.MAX_VALUE));
        assertThat(out.toString(StandardCharsets.UTF_8).lines())
                .containsExactly(
                        "base",
                        "└─ web  (inferred 0.90)",
                        "        + web is nearest",
                        "   └─ shop  (inferred 0.80)  ← this one",
                        "           − shop differs");
    }
}

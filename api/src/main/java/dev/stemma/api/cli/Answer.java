package dev.stemma.api.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.stemma.api.problem.Outcome;
import java.util.ArrayList;
import java.util.List;

/** JSON as the service sent it, with what the screens need of it. Missing members are empty, never an error. */
final class Answer {

    private static final ObjectMapper JSON = new ObjectMapper();

    private Answer() {}

    static JsonNode parse(String text) {
        try {
            return JSON.readTree(text);
        } catch (JsonProcessingException e) {
            throw new CommandProblem(Outcome.FAILED, "the service sent something that is not JSON", e);
        }
    }

    static String pretty(JsonNode node) {
        try {
            return JSON.writerWithDefaultPrettyPrinter().writeValueAsString(node);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    static com.fasterxml.jackson.databind.node.ObjectNode object() {
        return JSON.createObjectNode();
    }

    /** The member at a path like {@code operatingSystem.distribution}, as text. */
    static String text(JsonNode node, String path) {
        JsonNode at = at(node, path);
        return at.isMissingNode() || at.isNull() ? "" : at.isValueNode() ? at.asText() : at.toString();
    }

    static long number(JsonNode node, String path) {
        return at(node, path).asLong();
    }

    static JsonNode at(JsonNode node, String path) {
        JsonNode at = node;
        for (String name : path.split("\\.", -1)) {
            at = at.path(name);
        }
        return at;
    }

    static List<JsonNode> list(JsonNode node, String path) {
        List<JsonNode> list = new ArrayList<>();
        at(node, path).forEach(list::add);
        return list;
    }
}

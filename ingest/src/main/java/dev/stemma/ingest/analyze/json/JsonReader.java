package dev.stemma.ingest.analyze.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import dev.stemma.ingest.problem.Corrupt;
import dev.stemma.ingest.problem.Origin;
import java.io.IOException;
import java.util.Optional;

/**
 * Reads JSON (RFC 8259) of a guest from the first token to the last that is wanted. Nesting, names, texts and numbers are
 * bounded, and nothing is built that was not asked for. Not thread-safe.
 */
public final class JsonReader {

    private static final int MAX_DEPTH = 64;
    private static final int MAX_TEXT = 1 << 20;

    private static final JsonFactory FACTORY = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(MAX_DEPTH)
                    .maxStringLength(MAX_TEXT)
                    .maxNameLength(4_096)
                    .maxNumberLength(1_000)
                    .build())
            // Guests choose the names; a table of all that were ever seen is theirs to fill.
            .configure(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES, false)
            .build();

    private final JsonParser parser;
    private final Origin origin;

    private JsonReader(JsonParser parser, Origin origin) {
        this.parser = parser;
        this.origin = origin;
    }

    /** Takes one field of an object; the reader stands before its value and must be moved behind it. */
    @FunctionalInterface
    public interface Field {
        void read(String name, JsonReader value) throws Corrupt;
    }

    /** Takes one element of an array; the reader stands on its value and must be moved behind it. */
    @FunctionalInterface
    public interface Element {
        void read(JsonReader value) throws Corrupt;
    }

    /** A reader on the first token. */
    public static JsonReader of(byte[] bytes, Origin origin) throws Corrupt {
        try {
            JsonParser parser = FACTORY.createParser(bytes);
            parser.nextToken();
            return new JsonReader(parser, origin);
        } catch (IOException e) {
            throw broken(origin, e);
        }
    }

    /** Whether the value is an array. */
    public boolean isArray() {
        return parser.currentToken() == JsonToken.START_ARRAY;
    }

    /** The fields of the object that the reader stands on, in their order; anything else is passed over. */
    public void object(Field field) throws Corrupt {
        try {
            if (parser.currentToken() != JsonToken.START_OBJECT) {
                parser.skipChildren();
                return;
            }
            for (JsonToken token = parser.nextToken(); token != JsonToken.END_OBJECT; token = parser.nextToken()) {
                requireMore(token);
                String name = parser.currentName();
                parser.nextToken();
                field.read(name == null ? "" : name, this);
            }
        } catch (IOException e) {
            throw broken(origin, e);
        }
    }

    /** The elements of the array that the reader stands on; anything else is passed over. */
    public void array(Element element) throws Corrupt {
        try {
            if (parser.currentToken() != JsonToken.START_ARRAY) {
                parser.skipChildren();
                return;
            }
            for (JsonToken token = parser.nextToken(); token != JsonToken.END_ARRAY; token = parser.nextToken()) {
                requireMore(token);
                element.read(this);
            }
        } catch (IOException e) {
            throw broken(origin, e);
        }
    }

    /** The text or number that the reader stands on; empty for anything else, which is passed over. */
    public Optional<String> text() throws Corrupt {
        try {
            JsonToken token = parser.currentToken();
            if (token == JsonToken.VALUE_STRING || token == JsonToken.VALUE_NUMBER_INT) {
                return Optional.of(parser.getText());
            }
            skip();
            return Optional.empty();
        } catch (IOException e) {
            throw broken(origin, e);
        }
    }

    /** Whether the reader stands on {@code true}; anything else is passed over. */
    public boolean flag() throws Corrupt {
        boolean set = parser.currentToken() == JsonToken.VALUE_TRUE;
        skip();
        return set;
    }

    /** Passes over the value. */
    public void skip() throws Corrupt {
        try {
            parser.skipChildren();
        } catch (IOException e) {
            throw broken(origin, e);
        }
    }

    private void requireMore(@org.jspecify.annotations.Nullable JsonToken token) throws Corrupt {
        if (token == null) {
            throw new Corrupt("truncated", origin, "ends within its JSON");
        }
    }

    private static Corrupt broken(Origin origin, IOException e) {
        String message = e instanceof com.fasterxml.jackson.core.JsonProcessingException json
                ? json.getOriginalMessage()
                : e.getMessage();
        // The parser quotes what it met; that is a guest's text.
        String quoted = message == null ? "" : message.replaceAll("[^ -~]", "?");
        String bounded = quoted.length() > 200 ? quoted.substring(0, 200) : quoted;
        return new Corrupt("bad-value", origin, "is not JSON that can be read: " + bounded, null, e);
    }
}

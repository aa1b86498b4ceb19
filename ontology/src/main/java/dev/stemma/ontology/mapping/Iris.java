package dev.stemma.ontology.mapping;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * IRIs of individuals: {@code https://stemma.dev/id/<kind>/<id>}, each segment percent-encoded (RFC 3986: all but
 * unreserved characters). The kind tells the label, so that an IRI alone leads to the node. One-to-one.
 */
public final class Iris {

    /** What each individual's IRI starts with. */
    public static final String BASE = "https://stemma.dev/id/";

    /** Longest IRI that is looked at, in characters. */
    private static final int MAX_LENGTH = 16_384;

    private static final String UNRESERVED = "-._~";

    private final Mapping mapping;

    Iris(Mapping mapping) {
        this.mapping = mapping;
    }

    /** The IRI of an individual. */
    public String iri(Individual individual) {
        return switch (individual) {
            case Individual.OfNode node -> BASE + segments(node);
            case Individual.OfRelationship relationship -> {
                StringBuilder iri = new StringBuilder(BASE)
                        .append(mapping.statement(relationship.type()).kind())
                        .append('/')
                        .append(segments(relationship.start()));
                relationship.parts().forEach(part -> iri.append('/').append(encode(part)));
                yield iri.toString();
            }
        };
    }

    private String segments(Individual.OfNode node) {
        return mapping.node(node.label()).kind() + "/" + encode(node.key());
    }

    /** What an IRI names; empty when it is not the IRI of an individual, in exactly the form that {@link #iri} gives. */
    public Optional<Individual> parse(String iri) {
        if (!iri.startsWith(BASE) || iri.length() > MAX_LENGTH) {
            return Optional.empty();
        }
        List<String> segments = new ArrayList<>();
        for (String segment : iri.substring(BASE.length()).split("/", -1)) {
            String text = decode(segment);
            if (text == null) {
                return Optional.empty();
            }
            segments.add(text);
        }
        return read(segments).filter(individual -> iri(individual).equals(iri));
    }

    private Optional<Individual> read(List<String> segments) {
        if (segments.size() == 2) {
            return node(segments.get(0), segments.get(1)).map(Individual.class::cast);
        }
        if (segments.size() < 3) {
            return Optional.empty();
        }
        return mapping.relationshipOfKind(segments.getFirst()).flatMap(relationship -> {
            var statement = mapping.statement(relationship.type());
            List<String> parts = segments.subList(3, segments.size());
            int expected = statement.keys().size() + (statement.endInKey() ? 1 : 0);
            return node(segments.get(1), segments.get(2))
                    .filter(start ->
                            parts.size() == expected && relationship.starts().contains(start.label()))
                    .map(start -> new Individual.OfRelationship(relationship.type(), start, parts));
        });
    }

    private Optional<Individual.OfNode> node(String kind, String key) {
        return mapping.nodeOfKind(kind).map(term -> new Individual.OfNode(term.label(), key));
    }

    /** The segment for a label, in kebab case. */
    static String kind(String label) {
        return label.replaceAll("(?<=[a-z])(?=[A-Z])", "-").toLowerCase(Locale.ROOT);
    }

    private static String encode(String text) {
        StringBuilder out = new StringBuilder(text.length() + 16);
        for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
            int c = b & 0xff;
            if (c < 0x80 && (Character.isLetterOrDigit(c) || UNRESERVED.indexOf(c) >= 0)) {
                out.append((char) c);
            } else {
                out.append('%').append(String.format("%02X", c));
            }
        }
        return out.toString();
    }

    private static @Nullable String decode(String segment) {
        var bytes = new ByteArrayOutputStream(segment.length());
        for (int i = 0; i < segment.length(); i++) {
            char c = segment.charAt(i);
            if (c != '%') {
                bytes.write(c);
            } else if (i + 2 < segment.length() && isHex(segment.charAt(i + 1)) && isHex(segment.charAt(i + 2))) {
                bytes.write(Integer.parseInt(segment, i + 1, i + 3, 16));
                i += 2;
            } else {
                return null;
            }
        }
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes.toByteArray()))
                    .toString();
        } catch (CharacterCodingException e) {
            return null;
        }
    }

    private static boolean isHex(char c) {
        return Character.digit(c, 16) >= 0 && c < 0x80;
    }
}

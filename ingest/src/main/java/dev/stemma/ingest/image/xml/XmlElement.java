package dev.stemma.ingest.image.xml;

import dev.stemma.ingest.bytes.ByteSource;
import dev.stemma.ingest.bytes.Fields;
import dev.stemma.ingest.problem.Corrupt;
import dev.stemma.ingest.problem.ImageProblem;
import dev.stemma.ingest.problem.Origin;
import java.io.StringReader;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/**
 * An element with local names only: the documents that we read use one vocabulary each.
 *
 * @param text directly in it, without surrounding space
 */
public record XmlElement(String name, Map<String, String> attributes, String text, List<XmlElement> children) {

    /** Most bytes of a document. */
    public static final int MAX_BYTES = 4 << 20;

    private static final int MAX_DEPTH = 64;
    private static final int MAX_ELEMENTS = 50_000;

    public XmlElement {
        attributes = Map.copyOf(attributes);
        children = List.copyOf(children);
    }

    /** The elements of this name directly in it. */
    public Stream<XmlElement> all(String childName) {
        return children.stream().filter(child -> child.name.equals(childName));
    }

    /** The first of them. */
    public Optional<XmlElement> find(String childName) {
        return all(childName).findFirst();
    }

    /** The text of the first of them; empty where there is none. */
    public String textOf(String childName) {
        return find(childName).map(XmlElement::text).orElse("");
    }

    /**
     * Reads a document.
     *
     * @param name of the document, for messages
     * @throws Corrupt {@code bad-value} when it is no XML, has a document type, or is too large or too deep
     */
    public static XmlElement read(ByteSource source, String name) throws ImageProblem {
        Origin origin = source.origin().within(name);
        if (source.sizeBytes() > MAX_BYTES) {
            throw new Corrupt("bad-value", origin, "has " + source.sizeBytes() + " bytes, at most " + MAX_BYTES);
        }
        byte[] bytes = Fields.read(source, name, 0, source.sizeBytes(), ByteOrder.BIG_ENDIAN)
                .bytes(0, source.sizeBytes());
        XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        factory.setProperty(XMLInputFactory.IS_REPLACING_ENTITY_REFERENCES, false);
        factory.setProperty(XMLInputFactory.IS_COALESCING, true);
        try {
            // Decoded here, for the JDK's own decoder complains to standard error.
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
            return parse(factory.createXMLStreamReader(new StringReader(text)), origin);
        } catch (CharacterCodingException | XMLStreamException | RuntimeException e) {
            throw new Corrupt("bad-value", origin, "is not well-formed XML in UTF-8", null, e);
        }
    }

    private static XmlElement parse(XMLStreamReader reader, Origin origin) throws XMLStreamException, Corrupt {
        Deque<Open> open = new ArrayDeque<>();
        int elements = 0;
        while (reader.hasNext()) {
            switch (reader.next()) {
                case XMLStreamConstants.START_ELEMENT -> {
                    if (++elements > MAX_ELEMENTS || open.size() >= MAX_DEPTH) {
                        throw new Corrupt("bad-value", origin, "has too many elements, or too deep ones");
                    }
                    open.push(Open.of(reader));
                }
                case XMLStreamConstants.CHARACTERS, XMLStreamConstants.CDATA -> {
                    if (!open.isEmpty()) {
                        open.element().text.append(reader.getText());
                    }
                }
                case XMLStreamConstants.END_ELEMENT -> {
                    XmlElement element = open.pop().close();
                    if (open.isEmpty()) {
                        return element;
                    }
                    open.element().children.add(element);
                }
                case XMLStreamConstants.DTD, XMLStreamConstants.ENTITY_REFERENCE ->
                    throw new Corrupt("bad-value", origin, "has a document type or entities of its own");
                default -> {}
            }
        }
        throw new Corrupt("bad-value", origin, "has no element");
    }

    private record Open(String name, Map<String, String> attributes, StringBuilder text, List<XmlElement> children) {

        static Open of(XMLStreamReader reader) {
            Map<String, String> attributes = new HashMap<>();
            for (int i = 0; i < reader.getAttributeCount(); i++) {
                attributes.put(reader.getAttributeLocalName(i), reader.getAttributeValue(i));
            }
            return new Open(reader.getLocalName(), attributes, new StringBuilder(), new ArrayList<>());
        }

        XmlElement close() {
            return new XmlElement(name, attributes, text.toString().strip(), children);
        }
    }
}

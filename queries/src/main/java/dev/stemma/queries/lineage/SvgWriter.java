package dev.stemma.queries.lineage;

import java.io.Writer;
import java.util.Locale;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;

/** Writes SVG elements; texts and attributes are escaped by the platform's XML writer. Not thread-safe. */
final class SvgWriter {

    private static final String NAMESPACE = "http://www.w3.org/2000/svg";

    private final XMLStreamWriter out;

    SvgWriter(Writer out) throws XMLStreamException {
        this.out = XMLOutputFactory.newDefaultFactory().createXMLStreamWriter(out);
    }

    /** Begins the drawing. */
    SvgWriter begin(double width, double height, String title, String style) throws XMLStreamException {
        out.writeStartDocument("UTF-8", "1.0");
        out.setDefaultNamespace(NAMESPACE);
        out.writeStartElement(NAMESPACE, "svg");
        out.writeDefaultNamespace(NAMESPACE);
        return attribute("width", number(width))
                .attribute("height", number(height))
                .attribute("viewBox", "0 0 " + number(width) + " " + number(height))
                .attribute("role", "img")
                .element("title", title)
                .element("style", style);
    }

    /** Ends it and hands on all that is written. */
    void end() throws XMLStreamException {
        out.writeEndElement();
        out.writeEndDocument();
        out.flush();
    }

    SvgWriter open(String name) throws XMLStreamException {
        out.writeStartElement(NAMESPACE, name);
        return this;
    }

    SvgWriter close() throws XMLStreamException {
        out.writeEndElement();
        return this;
    }

    SvgWriter attribute(String name, String value) throws XMLStreamException {
        out.writeAttribute(name, value);
        return this;
    }

    /** An element with nothing but a text. */
    SvgWriter element(String name, String text) throws XMLStreamException {
        open(name);
        out.writeCharacters(text);
        return close();
    }

    /** A text at a place. */
    SvgWriter text(String type, double x, double y, String text) throws XMLStreamException {
        open("text").attribute("class", type).attribute("x", number(x)).attribute("y", number(y));
        out.writeCharacters(text);
        return close();
    }

    /** A line of some course. */
    SvgWriter path(String type, String course) throws XMLStreamException {
        out.writeEmptyElement(NAMESPACE, "path");
        return attribute("class", type).attribute("d", course);
    }

    /** A coordinate, to a tenth. */
    static String number(double value) {
        return Math.rint(value) == value ? Long.toString((long) value) : String.format(Locale.ROOT, "%.1f", value);
    }
}

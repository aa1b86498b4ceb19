package dev.stemma.queries.report;

import java.io.IOException;

/** Writes HTML: every text that comes from outside is escaped here, and nowhere can one be written without. */
final class Html {

    private final Appendable out;

    Html(Appendable out) {
        this.out = out;
    }

    /** Markup of our own. */
    Html markup(String markup) throws IOException {
        out.append(markup).append('\n');
        return this;
    }

    /** An element that holds a text. */
    Html element(String tag, String text) throws IOException {
        out.append('<').append(tag).append('>');
        text(text);
        out.append("</").append(tag).append(">\n");
        return this;
    }

    /** An element of a class that holds a text. */
    Html element(String tag, String type, String text) throws IOException {
        out.append('<').append(tag).append(" class=\"").append(type).append("\">");
        text(text);
        out.append("</").append(tag).append(">\n");
        return this;
    }

    /** A term and its description. */
    Html fact(String term, String description) throws IOException {
        return element("dt", term).element("dd", description);
    }

    /** A text from outside; what has a meaning in HTML is escaped, and controls, which HTML does not allow, are shown as such. */
    Html text(String text) throws IOException {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '<' -> out.append("&lt;");
                case '>' -> out.append("&gt;");
                case '&' -> out.append("&amp;");
                case '"' -> out.append("&quot;");
                case '\'' -> out.append("&#39;");
                default -> out.append(c < 0x20 && c != '\n' || c == 0x7f ? '\ufffd' : c);
            }
        }
        return this;
    }
}

package dev.stemma.graph.catalog;

import java.nio.charset.StandardCharsets;
import java.util.Base64;

/**
 * A place in the list of images, which is in the order of their names and then ids. Images that come and go between two
 * pages shift nothing.
 *
 * @param name of the last image before it
 * @param id of the last image before it
 */
public record Cursor(String name, String id) {

    /** A text that goes into an address as it is; nobody needs to know what it says. */
    public String token() {
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString((id + "\n" + name).getBytes(StandardCharsets.UTF_8));
    }

    /**
     * Reads {@link #token()}.
     *
     * @throws IllegalArgumentException when it is no such text
     */
    public static Cursor parse(String token) {
        try {
            String text = new String(Base64.getUrlDecoder().decode(token), StandardCharsets.UTF_8);
            int line = text.indexOf('\n');
            if (line > 0) {
                return new Cursor(text.substring(line + 1), text.substring(0, line));
            }
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("not a page of this list: " + token, e);
        }
        throw new IllegalArgumentException("not a page of this list: " + token);
    }
}

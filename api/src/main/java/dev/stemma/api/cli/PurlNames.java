package dev.stemma.api.cli;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;

/** Package URLs as people read them. */
final class PurlNames {

    private PurlNames() {}

    /** {@code pkg:deb/debian/bash@5.2?arch=amd64} as {@code bash 5.2}; what has another form as it is. */
    static String brief(String purl) {
        int question = purl.indexOf('?');
        String path = question < 0 ? purl : purl.substring(0, question);
        String last = path.substring(path.lastIndexOf('/') + 1);
        if (!purl.startsWith("pkg:") || last.isEmpty()) {
            return purl;
        }
        try {
            return URLDecoder.decode(last.replace("+", "%2B").replace('@', ' '), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return purl;
        }
    }
}

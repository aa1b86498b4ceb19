package dev.stemma.api.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** How answers about images that are alike look to a person. */
final class Likeness {

    private static final int NAMES = 3;

    private Likeness() {}

    /** {@code 97.30 %}. */
    static String percent(JsonNode node, String path) {
        return Answer.text(node, path).isEmpty()
                ? ""
                : String.format(
                        Locale.ROOT, "%.2f %%", 100 * Answer.at(node, path).asDouble());
    }

    /** {@code web web-2 and 3 more}. */
    static String images(JsonNode node) {
        StringBuilder names = new StringBuilder();
        Answer.at(node, "images")
                .forEach(image -> names.append(names.isEmpty() ? "" : " ").append(Answer.text(image, "name")));
        long more = Answer.number(node, "imageCount") - node.path("images").size();
        return more > 0 ? names + " and " + more + " more" : names.toString();
    }

    /** What one lacks and has beyond the one asked about: {@code −1 +2 packages: −nginx 1.22 +bash 5.2 …}. */
    static String difference(JsonNode reason) {
        if (reason.isMissingNode() || reason.isNull()) {
            return "";
        }
        List<String> parts = new ArrayList<>();
        if (reason.hasNonNull("files")) {
            parts.add(counts(reason.path("files"), "contents"));
        }
        List<String> names = new ArrayList<>();
        names(reason, "onlyAsked", "−", names);
        names(reason, "onlyThis", "+", names);
        String packages = counts(reason.path("packages"), "packages");
        parts.add(names.isEmpty() ? packages : packages + ": " + String.join(" ", names));
        return String.join(", ", parts);
    }

    private static String counts(JsonNode overlap, String what) {
        long gone = Answer.number(overlap, "onlyAsked");
        long more = Answer.number(overlap, "onlyOther");
        return gone + more == 0 ? "same " + what : "−" + gone + " +" + more + " " + what;
    }

    private static void names(JsonNode reason, String member, String sign, List<String> names) {
        Answer.list(reason, member).stream()
                .limit(NAMES)
                .forEach(purl -> names.add(sign + PurlNames.brief(purl.asText())));
    }
}

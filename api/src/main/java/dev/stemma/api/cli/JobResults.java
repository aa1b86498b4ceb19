package dev.stemma.api.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** What an item of a job came to, in a line. */
final class JobResults {

    private static final int SHOWN = 20;

    private JobResults() {}

    /** What a list shows for it. */
    static String name(JsonNode result) {
        return switch (Answer.text(result, "kind")) {
            case "checked-in" -> Answer.text(result, "version");
            case "checked-out" -> Answer.text(result, "branch");
            case "cloned" ->
                Answer.list(result, "clones").stream()
                        .map(clone -> Answer.text(clone, "branch"))
                        .collect(Collectors.joining(", "));
            case "copied" -> Answer.text(result, result.hasNonNull("branch") ? "branch" : "name");
            default -> Answer.text(result, "name");
        };
    }

    /** The whole, for a terminal; lines that belong together. */
    static List<String> lines(String path, JsonNode result) {
        return sentence(path, result).lines().toList();
    }

    private static String sentence(String path, JsonNode result) {
        return switch (Answer.text(result, "kind")) {
            case "checked-in" -> checkedIn(path, result);
            case "checked-out" -> checkedOut(result);
            case "cloned" -> cloned(result);
            case "copied" -> copied(result);
            case "verified" -> verified(result);
            case "collected" -> collected(result);
            default -> indexed(path, result);
        };
    }

    private static String checkedIn(String path, JsonNode result) {
        return String.format(
                Locale.ROOT,
                "%s → %s: %,d files, %s for the guest, %s new, stored in %s, %.1f s",
                path,
                Answer.text(result, "version"),
                Answer.number(result, "files"),
                size(result, "virtualBytes"),
                size(result, "newBytes"),
                size(result, "storedBytes"),
                seconds(result));
    }

    private static String checkedOut(JsonNode result) {
        long reused = Answer.number(result, "reusedBytes");
        return String.format(
                Locale.ROOT,
                "%s is %s: %s out of the store%s, %.1f s",
                Answer.text(result, "location"),
                Answer.text(result, "branch"),
                size(result, "bytes"),
                reused > 0 ? ", " + Column.size(reused) + " were there" : "",
                seconds(result));
    }

    private static String cloned(JsonNode result) {
        List<JsonNode> clones = Answer.list(result, "clones");
        return clones.stream()
                        .map(clone -> Answer.text(clone, "location") + " is " + Answer.text(clone, "branch") + ", "
                                + how(Answer.text(clone, "how")))
                        .collect(Collectors.joining("\n"))
                + String.format(
                        Locale.ROOT,
                        "\n%,d clones: %s out of the store, %.1f s",
                        clones.size(),
                        size(result, "bytes"),
                        seconds(result));
    }

    private static String how(String word) {
        return switch (word) {
            case "checked-out" -> "out of the store";
            case "shared" -> "shares its blocks with the first";
            case "copied" -> "a copy of the first";
            case "overlay" -> "an overlay on the first";
            default -> "made before the service ended";
        };
    }

    private static String copied(JsonNode result) {
        String branch = Answer.text(result, "branch");
        return String.format(
                Locale.ROOT,
                "%s%s: %s %s%s, %.1f s",
                Answer.text(result, "location"),
                branch.isEmpty() ? "" : " is " + branch,
                size(result, "bytes"),
                result.path("shared").asBoolean() ? "shared" : "copied",
                result.path("indexed").asBoolean() ? "" : "; what it holds is not known yet, index it",
                seconds(result));
    }

    private static String verified(JsonNode result) {
        List<JsonNode> damages = Answer.list(result, "damages");
        String read = String.format(
                Locale.ROOT,
                "%,d objects with %s are whole, %.1f s",
                Answer.number(result, "objects"),
                size(result, "bytes"),
                seconds(result));
        if (damages.isEmpty()) {
            return read;
        }
        StringBuilder mended = new StringBuilder(read);
        if (result.hasNonNull("takenOut")) {
            List<JsonNode> versions = Answer.list(result, "versions");
            mended.append(String.format(
                    Locale.ROOT,
                    "%n%,d objects and %,d packs were taken out, %,d image manifests made anew; %s",
                    Answer.number(result, "takenOut"),
                    Answer.list(result, "packs").size(),
                    Answer.list(result, "manifests").size(),
                    versions.isEmpty()
                            ? "all versions are whole"
                            : versions.stream().map(JsonNode::asText).collect(Collectors.joining(", "))
                                    + " lack something"));
        }
        mended.append("\nwhat was damaged or missing:\n")
                .append(damages.stream().limit(SHOWN).map(JsonNode::asText).collect(Collectors.joining("\n")));
        if (damages.size() > SHOWN) {
            mended.append("\n… and ").append(damages.size() - SHOWN).append(" more");
        }
        return mended.toString();
    }

    private static String collected(JsonNode result) {
        long unknown = Answer.number(result, "unknown");
        return String.format(
                        Locale.ROOT,
                        "%,d versions were let go of, %,d packs with %s freed, %,d objects stay, %.1f s",
                        Answer.number(result, "versions"),
                        Answer.number(result, "packs"),
                        size(result, "bytes"),
                        Answer.number(result, "objects"),
                        seconds(result))
                + (unknown > 0
                        ? "\n" + unknown
                                + " images in the store are named by no version; they stay, for the graph may be the one that is wrong"
                        : "");
    }

    private static String size(JsonNode result, String member) {
        return Column.size(Answer.number(result, member));
    }

    private static double seconds(JsonNode result) {
        return Answer.number(result, "millis") / 1_000.0;
    }

    private static String indexed(String path, JsonNode result) {
        double seconds = Answer.number(result, "millis") / 1_000.0;
        long files = Answer.number(result, "files");
        long bytes = Answer.number(result, "fileBytes");
        long observations = Answer.number(result, "observations");
        StringBuilder line = new StringBuilder(path)
                .append(" → ")
                .append(Answer.text(result, "name"))
                .append(": ");
        if (files > 0) {
            line.append(String.format(Locale.ROOT, "%,d files, %s, ", files, Column.size(bytes)));
        }
        line.append(Answer.text(result, "packages")).append(" packages");
        if (observations > 0) {
            line.append(", ").append(observations).append(observations == 1 ? " observation" : " observations");
        }
        line.append(String.format(Locale.ROOT, ", %.1f s", seconds));
        if (result.hasNonNull("takenOver")) {
            line.append(takenOver(result.path("takenOver"), files));
        }
        if (result.path("unchanged").asBoolean()) {
            line.append(" (nothing new)");
        }
        return line.toString();
    }

    private static String takenOver(JsonNode taken, long files) {
        long known = Answer.number(taken, "files");
        String from = Answer.text(taken, "from");
        return String.format(
                Locale.ROOT,
                "; incremental from %s: %,d files taken over, %,d read",
                from.substring(from.lastIndexOf('/') + 1),
                known,
                files - known);
    }
}

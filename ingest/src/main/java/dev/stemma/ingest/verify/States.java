package dev.stemma.ingest.verify;

import dev.stemma.graph.id.Digest;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The questions by package, and a digest over those of each: which contents it was found with. Where a package was found whole with
 * exactly these before, in whatever image, nothing has to be read. Configuration is left out: it is small, and changed so often that
 * it would spoil the rest.
 */
record States(Map<String, List<Question>> byPackage) {

    static States of(List<Question> questions) {
        Map<String, List<Question>> byPackage = new LinkedHashMap<>();
        questions.stream()
                .filter(question -> !question.claim().owned().configuration())
                .forEach(question -> byPackage
                        .computeIfAbsent(question.claim().purl(), _ -> new ArrayList<>())
                        .add(question));
        return new States(byPackage);
    }

    /** By purl, for each package that has any question. */
    Map<String, Digest> digests() {
        Map<String, Digest> digests = new LinkedHashMap<>();
        byPackage.forEach((purl, questions) -> digests.put(purl, digest(questions)));
        return digests;
    }

    /** Over what is asked of one package, in whatever order. */
    static Digest digest(List<Question> questions) {
        var sha256 = Digest.newSha256();
        questions.stream()
                .sorted(Comparator.comparing(
                        question -> question.claim().owned().path()))
                .map(question ->
                        question.expected() + " " + question.content().digest().hex() + " "
                                + question.claim().owned().path().escaped() + "\n")
                .forEach(line -> sha256.update(line.getBytes(StandardCharsets.UTF_8)));
        return Digest.of(sha256.digest());
    }
}

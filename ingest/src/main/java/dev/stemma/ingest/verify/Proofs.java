package dev.stemma.ingest.verify;

import dev.stemma.graph.id.Digest;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What is right file by file of packages that were found whole once and have other contents now. Which contents these were only
 * a digest over all of them tells; contents that the same version had in some image are proven to be them by giving that digest. What a package has
 * of them still is intact, and only the rest is read.
 *
 * @param proven contents by purl and path
 */
record Proofs(Map<String, Map<String, Digest>> proven) {

    /**
     * @param changed claims that are no configuration, of packages that are not as they were found whole
     * @param whole with what they were found whole, by purl
     */
    static Proofs of(Map<String, List<Claim>> changed, Map<String, Digest> whole, Known known) {
        Set<String> purls = new HashSet<>(changed.keySet());
        purls.retainAll(whole.keySet());
        Map<String, Map<String, Digest>> proven = new HashMap<>();
        if (!purls.isEmpty()) {
            known.contents(purls).forEach((purl, contents) -> {
                List<Question> questions = questions(changed.getOrDefault(purl, List.of()), contents);
                if (States.digest(questions).equals(whole.get(purl))) {
                    proven.put(purl, contents);
                }
            });
        }
        return new Proofs(proven);
    }

    /** As they were when these contents lay at the paths. */
    private static List<Question> questions(List<Claim> claims, Map<String, Digest> contents) {
        List<Question> questions = new ArrayList<>();
        for (Claim claim : claims) {
            Optional.ofNullable(contents.get(claim.owned().path().escaped()))
                    .flatMap(claim::question)
                    .ifPresent(questions::add);
        }
        return questions;
    }

    /** Whether the content that is asked about is one that was found right at this very path. */
    boolean answer(Question question) {
        Map<String, Digest> contents = proven.get(question.claim().purl());
        return contents != null
                && question.content()
                        .digest()
                        .equals(contents.get(question.claim().owned().path().escaped()));
    }
}

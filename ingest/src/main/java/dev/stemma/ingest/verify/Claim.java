package dev.stemma.ingest.verify;

import dev.stemma.graph.id.Digest;
import dev.stemma.graph.model.CheckedFile;
import dev.stemma.graph.model.CheckedFile.Verdict;
import dev.stemma.graph.model.Checksum;
import dev.stemma.graph.model.Checksum.Algorithm;
import dev.stemma.graph.model.InstalledPackage.OwnedPath;
import java.util.Optional;

/** What one package says of one path. */
record Claim(String purl, OwnedPath owned) {

    /** The algorithm by which the content has to be digested to tell; none where its name or nothing tells. */
    Optional<Algorithm> reads() {
        return owned.mayDiffer()
                ? Optional.empty()
                : owned.checksum().map(Checksum::algorithm).filter(algorithm -> algorithm != Algorithm.SHA256);
    }

    /** What is asked where a content lies at the path; nothing where its name or nothing tells. */
    Optional<Question> question(Digest content) {
        return reads().map(algorithm ->
                new Question(this, owned.checksum().orElseThrow(), new Question.Content(content, algorithm)));
    }

    CheckedFile departs(Verdict verdict, Optional<String> found, String reason) {
        return new CheckedFile(
                owned.path(),
                purl,
                verdict,
                owned.configuration(),
                owned.checksum(),
                found,
                reason.isEmpty() ? Optional.empty() : Optional.of(reason));
    }
}

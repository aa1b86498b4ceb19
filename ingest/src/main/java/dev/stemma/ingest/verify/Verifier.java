package dev.stemma.ingest.verify;

import dev.stemma.graph.id.Digest;
import dev.stemma.graph.model.CheckedFile;
import dev.stemma.graph.model.CheckedFile.Verdict;
import dev.stemma.graph.model.Checksum;
import dev.stemma.graph.model.Checksum.Algorithm;
import dev.stemma.graph.model.Entry;
import dev.stemma.graph.model.GuestPath;
import dev.stemma.graph.model.InstalledPackage;
import dev.stemma.graph.model.Payload;
import dev.stemma.graph.model.Verification;
import dev.stemma.ingest.analyze.GuestFiles;
import dev.stemma.ingest.problem.ImageProblem;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;

/**
 * Verifies the owned files of one guest, as {@code dpkg --verify} and {@code rpm -V} do, but content alone: owner, mode and times are not
 * held against anything. Where the package's checksum is a SHA-256 nothing is read at all; where it is another, only the
 * contents of packages that were not found whole with the same contents before. Used once, by one thread.
 */
public final class Verifier {

    /** Raised with each change of what it answers. */
    public static final String NAME = "verify/1";

    private final GuestFiles files;
    private final Map<GuestPath, List<Claim>> claims = new HashMap<>();
    private final List<Question> questions = new ArrayList<>();
    private final Map<Question.Content, GuestPath> places = new LinkedHashMap<>();
    private final List<CheckedFile> departures = new ArrayList<>();
    private final Map<String, Digest> whole = new LinkedHashMap<>();
    private long intact;

    /** @param packages with what they own */
    public Verifier(GuestFiles files, List<InstalledPackage> packages) {
        this.files = files;
        for (InstalledPackage installed : packages) {
            for (InstalledPackage.OwnedPath owned : installed.owned()) {
                claims.computeIfAbsent(owned.path(), _ -> new ArrayList<>(1)).add(new Claim(installed.purl(), owned));
            }
        }
    }

    /** Hands out the guest's entries one by one, by the path that the guest has each at. */
    public interface Entries {
        /** The next; empty after the last. */
        Optional<Placed> next() throws IOException;
    }

    /** An entry and where the guest has it. */
    public record Placed(GuestPath path, Entry entry) {}

    /** Knows with which contents packages were found whole. */
    public interface Known {
        /** By purl; packages that never were are missing. */
        Map<String, Digest> whole(Set<String> purls);
    }

    /**
     * @param known what earlier runs found
     * @param threads that read and digest
     * @param stopped asked often; ends the work when true
     * @throws ImageProblem when the run has to end
     * @throws IOException from the entries
     */
    public Verification verify(Entries entries, Known known, int threads, BooleanSupplier stopped)
            throws ImageProblem, IOException {
        for (Optional<Placed> next = entries.next(); next.isPresent(); next = entries.next()) {
            List<Claim> owners = claims.remove(next.get().path());
            if (owners != null) {
                for (Claim claim : owners) {
                    look(claim, next.get().entry().payload());
                }
            }
        }
        answer(known, threads, stopped);
        absent();
        departures.sort(Comparator.comparing(CheckedFile::verdict)
                .thenComparing(CheckedFile::path)
                .thenComparing(CheckedFile::purl));
        return new Verification(
                NAME, intact, count(Verdict.MODIFIED), count(Verdict.MISSING), count(Verdict.UNVERIFIABLE), departures);
    }

    /** Packages that this run found whole for the first time with these contents; for {@link Known}. */
    public Map<String, Digest> newlyWhole() {
        return Map.copyOf(whole);
    }

    private long count(Verdict verdict) {
        return departures.stream().filter(one -> one.verdict() == verdict).count();
    }

    private void look(Claim claim, Payload payload) {
        Optional<Checksum> checksum = claim.owned().checksum();
        switch (payload) {
            case Payload.File file -> look(claim, file);
            // What a package manager keeps of a link is the digest of its target; a link in place of a file differs
            // from it.
            case Payload.Link link ->
                checksum.ifPresent(sum -> compare(
                        claim,
                        sum,
                        ContentDigest.hexadecimal(sum.algorithm(), link.target().bytes()),
                        "is a link"));
            case Payload.Directory _, Payload.Device _, Payload.Pipe _, Payload.Socket _ -> {
                if (checksum.isPresent()) {
                    departures.add(claim.departs(Verdict.MODIFIED, Optional.empty(), "is a " + payload.kind()));
                }
            }
        }
    }

    private void look(Claim claim, Payload.File file) {
        if (claim.owned().mayDiffer()) {
            return;
        }
        if (claim.owned().checksum().isEmpty()) {
            departures.add(claim.departs(Verdict.UNVERIFIABLE, Optional.empty(), "the package gives no checksum"));
        } else if (file.digest().isEmpty()) {
            departures.add(claim.departs(Verdict.UNVERIFIABLE, Optional.empty(), "its content was not read"));
        } else {
            Checksum expected = claim.owned().checksum().get();
            Digest digest = file.digest().get();
            if (expected.algorithm() == Algorithm.SHA256) {
                compare(claim, expected, digest.hex(), "");
            } else {
                Question.Content content = new Question.Content(digest, expected.algorithm());
                questions.add(new Question(claim, expected, content));
            }
        }
    }

    private boolean compare(Claim claim, Checksum expected, String found, String reason) {
        boolean same = expected.hexadecimal().equals(found);
        if (same) {
            intact++;
        } else {
            departures.add(claim.departs(Verdict.MODIFIED, Optional.of(found), reason));
        }
        return same;
    }

    private void answer(Known known, int threads, BooleanSupplier stopped) throws ImageProblem {
        States states = States.of(questions);
        Map<String, Digest> now = states.digests();
        Map<String, Digest> before = known.whole(now.keySet());
        Set<String> trusted = new HashSet<>(now.keySet());
        trusted.removeIf(purl -> !Objects.equals(now.get(purl), before.get(purl)));
        List<Question> open = new ArrayList<>();
        for (Question question : questions) {
            if (!question.claim().owned().configuration()
                    && trusted.contains(question.claim().purl())) {
                intact++;
            } else {
                open.add(question);
                places.putIfAbsent(question.content(), question.claim().owned().path());
            }
        }
        ContentDigests contents = new ContentDigests(files, stopped);
        contents.read(places, threads);
        Set<String> broken = new HashSet<>();
        for (Question question : open) {
            String found = contents.find(question.content());
            boolean same = found != null && compare(question.claim(), question.expected(), found, "");
            if (found == null) {
                departures.add(question.claim()
                        .departs(
                                Verdict.UNVERIFIABLE,
                                Optional.empty(),
                                "its content was not read: " + contents.reason(question.content())));
            }
            if (!same && !question.claim().owned().configuration()) {
                broken.add(question.claim().purl());
            }
        }
        now.forEach((purl, state) -> {
            if (!trusted.contains(purl) && !broken.contains(purl)) {
                whole.put(purl, state);
            }
        });
    }

    /** What no entry came for is missing, unless it is there and could not be listed. */
    private void absent() throws ImageProblem {
        for (List<Claim> owners : claims.values()) {
            for (Claim claim : owners) {
                if (!claim.owned().mayBeMissing()) {
                    departures.add(absent(claim));
                }
            }
        }
    }

    private CheckedFile absent(Claim claim) throws ImageProblem {
        try {
            return files.findLink(claim.owned().path()).isEmpty()
                    ? claim.departs(Verdict.MISSING, Optional.empty(), "")
                    : claim.departs(Verdict.UNVERIFIABLE, Optional.empty(), "was not listed");
        } catch (ImageProblem e) {
            files.budget().check(files.origin());
            return claim.departs(Verdict.UNVERIFIABLE, Optional.empty(), "cannot be looked for: " + e.reason());
        }
    }
}

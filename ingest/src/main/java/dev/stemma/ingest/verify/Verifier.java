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
 * held against anything. Whoever walks the guest asks for each file whether it is to be {@linkplain #wanted digested} by the
 * package's algorithm while it is read, and {@linkplain #offer hands over} what came of it. Where the package's checksum is a
 * SHA-256 that is not needed, nor where the package was found whole before: what has the same content as then is right.
 * What is left is read at the end. Used once; {@link #wanted} by any thread, the rest by one.
 */
public final class Verifier {

    /** Raised with each change of what it answers. */
    public static final String NAME = "verify/1";

    private final GuestFiles files;
    private final Known known;
    private final Map<String, Digest> wholeBefore;
    private final Map<GuestPath, Claimed> claimed = new HashMap<>();
    private final List<Question> questions = new ArrayList<>();
    private final Map<Question.Content, String> answers = new HashMap<>();
    private final List<CheckedFile> departures = new ArrayList<>();
    private final Map<String, Digest> whole = new LinkedHashMap<>();
    private long intact;

    /** What packages say of a path; there is what lies there, once it has come by. */
    private static final class Claimed {
        private final List<Claim> claims = new ArrayList<>(1);
        private boolean there;
    }

    /**
     * @param packages with what they own
     * @param known what earlier runs found
     */
    public Verifier(GuestFiles files, List<InstalledPackage> packages, Known known) {
        this.files = files;
        Set<String> asked = new HashSet<>();
        for (InstalledPackage installed : packages) {
            for (InstalledPackage.OwnedPath owned : installed.owned()) {
                Claim claim = new Claim(installed.purl(), owned);
                claimed.computeIfAbsent(owned.path(), _ -> new Claimed()).claims.add(claim);
                if (claim.reads().isPresent()) {
                    asked.add(installed.purl());
                }
            }
        }
        this.known = known;
        this.wholeBefore = asked.isEmpty() ? Map.of() : Map.copyOf(known.whole(asked));
    }

    /** By which algorithm the file at a path of the guest has to be digested too; none for most, once its package is known. */
    public Optional<Algorithm> wanted(GuestPath path) {
        Claimed owners = claimed.get(path);
        if (owners == null) {
            return Optional.empty();
        }
        for (Claim claim : owners.claims) {
            if (claim.reads().isPresent()
                    && (claim.owned().configuration() || !wholeBefore.containsKey(claim.purl()))) {
                return claim.reads();
            }
        }
        return Optional.empty();
    }

    /**
     * The next entry of the guest. Of two at one path, one below a mount point, the first counts.
     *
     * @param path where the guest has it
     * @param second what its content digests to by another algorithm, if it was digested so
     */
    public void offer(GuestPath path, Entry entry, Optional<Checksum> second) {
        Claimed owners = claimed.get(path);
        if (owners == null || owners.there) {
            return;
        }
        owners.there = true;
        if (entry.payload() instanceof Payload.File file && file.digest().isPresent()) {
            Digest digest = file.digest().get();
            second.ifPresent(sum -> answers.put(new Question.Content(digest, sum.algorithm()), sum.hexadecimal()));
        }
        for (Claim claim : owners.claims) {
            look(claim, entry.payload());
        }
    }

    /**
     * What came of it; after all entries.
     *
     * @param threads that read and digest what is left
     * @param stopped asked often; ends the work when true
     * @throws ImageProblem when the run has to end
     */
    public Verification finish(int threads, BooleanSupplier stopped) throws ImageProblem {
        answer(threads, stopped);
        absent();
        departures.sort(Comparator.comparing(CheckedFile::verdict)
                .thenComparing(CheckedFile::path)
                .thenComparing(CheckedFile::purl));
        return new Verification(
                NAME, intact, count(Verdict.MODIFIED), count(Verdict.MISSING), count(Verdict.UNVERIFIABLE), departures);
    }

    /** Packages that this run found whole for the first time with these contents; for {@link Known#whole}. */
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
                        Checksum.of(sum.algorithm(), link.target().bytes()).hexadecimal(),
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
            Digest digest = file.digest().get();
            claim.question(digest)
                    .ifPresentOrElse(
                            questions::add,
                            () -> compare(claim, claim.owned().checksum().get(), digest.hex(), ""));
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

    private void answer(int threads, BooleanSupplier stopped) throws ImageProblem {
        States states = States.of(questions);
        Map<String, Digest> now = states.digests();
        Set<String> trusted = new HashSet<>(now.keySet());
        trusted.removeIf(purl -> !Objects.equals(now.get(purl), wholeBefore.get(purl)));
        Proofs proofs = Proofs.of(changed(trusted), wholeBefore, known);
        List<Question> open = new ArrayList<>();
        for (Question question : questions) {
            if (!question.claim().owned().configuration()
                    && (trusted.contains(question.claim().purl()) || proofs.answer(question))) {
                intact++;
            } else {
                open.add(question);
            }
        }
        ContentDigests contents = read(open, threads, stopped);
        Set<String> broken = new HashSet<>();
        for (Question question : open) {
            String found = answers.get(question.content());
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

    /** What packages that were found whole, and are not trusted, say of their paths, whatever lies there now. */
    private Map<String, List<Claim>> changed(Set<String> trusted) {
        Map<String, List<Claim>> changed = new HashMap<>();
        for (Claimed owners : claimed.values()) {
            for (Claim claim : owners.claims) {
                if (!claim.owned().configuration()
                        && wholeBefore.containsKey(claim.purl())
                        && !trusted.contains(claim.purl())) {
                    changed.computeIfAbsent(claim.purl(), _ -> new ArrayList<>())
                            .add(claim);
                }
            }
        }
        return changed;
    }

    /** Answers what the walk has not. */
    private ContentDigests read(List<Question> open, int threads, BooleanSupplier stopped) throws ImageProblem {
        Map<Question.Content, GuestPath> places = new LinkedHashMap<>();
        for (Question question : open) {
            if (!answers.containsKey(question.content())) {
                places.putIfAbsent(question.content(), question.claim().owned().path());
            }
        }
        ContentDigests contents = new ContentDigests(files, stopped);
        answers.putAll(contents.read(places, threads));
        return contents;
    }

    /** What no entry came for is missing, unless it is there and could not be listed. */
    private void absent() throws ImageProblem {
        for (Claimed owners : claimed.values()) {
            for (Claim claim : owners.there ? List.<Claim>of() : owners.claims) {
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

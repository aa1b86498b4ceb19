package dev.stemma.queries.search;

import java.io.IOException;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.lucene.util.BytesRef;
import org.apache.lucene.util.FixedBitSet;
import org.apache.lucene.util.automaton.CharacterRunAutomaton;

/**
 * Goes up the Merkle graph from what is held to the directories above, a level at a time, each directory once however many images share
 * it: time grows with the number of distinct directories above, not with images × paths. Not thread-safe; used for one search.
 */
final class Climb {

    /** Steps that are given up beyond: enough for a file that is in some ten thousand different images. */
    static final int MAX_EDGES = 200_000;

    /** A directory has no more levels of chunks. */
    private static final int MAX_CHUNKS = 64;

    private final NodeTerms terms;
    private final boolean recording;
    private final FixedBitSet chunks;
    private final Map<Integer, Set<Step>> steps = new HashMap<>();
    private int edges;
    private boolean complete = true;

    /** @param recording whether the steps are kept, to go down again */
    Climb(NodeTerms terms, boolean recording) throws IOException {
        this.terms = terms;
        this.recording = recording;
        this.chunks = terms.none();
        terms.add(IndexFields.CHUNK, new BytesRef(IndexFields.YES), chunks);
    }

    /**
     * A step down.
     *
     * @param name empty into a chunk
     * @param child the document of the node below; {@link #END} when the step ends at what was looked for
     */
    record Step(Optional<String> name, int child) {

        static final int END = -1;

        boolean ends() {
            return child == END;
        }
    }

    /** The steps down from each document that lies above something that was looked for. */
    Map<Integer, Set<Step>> steps() {
        return steps;
    }

    /** False when the bound was met, so that images and places may be missing. */
    boolean complete() {
        return complete;
    }

    private boolean step(int above, BytesRef name, int child) {
        if (edges++ >= MAX_EDGES) {
            complete = false;
            return false;
        }
        if (recording) {
            steps.computeIfAbsent(above, _ -> new LinkedHashSet<>())
                    .add(new Step(name.length == 0 ? Optional.empty() : Optional.of(name.utf8ToString()), child));
        }
        return true;
    }

    /** What holds an entry of one of these names. */
    FixedBitSet named(Collection<String> names) throws IOException {
        FixedBitSet found = terms.none();
        for (String name : names) {
            BytesRef term = new BytesRef(name);
            if (recording) {
                FixedBitSet some = terms.none();
                terms.add(IndexFields.FILE_NAME, term, some);
                for (NodeTerms.Node node : terms.nodes(some)) {
                    if (step(node.doc(), term, Step.END)) {
                        found.set(node.doc());
                    }
                }
            } else {
                terms.add(IndexFields.FILE_NAME, term, found);
            }
        }
        return found;
    }

    /** What holds files of these contents. */
    FixedBitSet holding(Collection<String> digests) throws IOException {
        FixedBitSet found = terms.none();
        for (String digest : digests) {
            terms.below(IndexFields.CHILD, ImageFeeder.digestBytes(digest), (name, doc) -> {
                boolean more = step(doc, name, Step.END);
                if (more) {
                    found.set(doc);
                }
                return more;
            });
        }
        return found;
    }

    /** These and all that lies above them. */
    FixedBitSet above(FixedBitSet start) throws IOException {
        FixedBitSet reached = start.clone();
        FixedBitSet level = start;
        while (level.cardinality() > 0) {
            FixedBitSet next = terms.none();
            terms.below(IndexFields.CHILD, terms.nodes(level), (node, name, doc) -> {
                boolean more = step(doc, name, node.doc());
                if (more) {
                    next.set(doc);
                }
                return more;
            });
            next.andNot(reached);
            reached.or(next);
            level = next;
        }
        return reached;
    }

    /** What holds a directory of a name, if that is among these. */
    FixedBitSet up(FixedBitSet directories, String name) throws IOException {
        FixedBitSet found = terms.none();
        terms.join(
                IndexFields.ENTRY,
                NodeDocument.prefix(name, NodeDocument.DIRECTORY),
                terms.nodes(directories),
                (_, doc) -> found.set(doc));
        return whole(found);
    }

    /** What holds one of these directories under a name that fits. */
    FixedBitSet up(FixedBitSet directories, CharacterRunAutomaton fits) throws IOException {
        FixedBitSet found = terms.none();
        terms.below(IndexFields.CHILD, terms.nodes(directories), (node, name, doc) -> {
            boolean more = !fits.run(name.utf8ToString()) || step(doc, name, node.doc());
            if (more && fits.run(name.utf8ToString())) {
                found.set(doc);
            }
            return more;
        });
        return whole(found);
    }

    /** The directories, where some of them are chunks of one. */
    FixedBitSet whole(FixedBitSet found) throws IOException {
        FixedBitSet level = found.clone();
        level.and(chunks);
        for (int depth = 0; depth < MAX_CHUNKS && level.cardinality() > 0; depth++) {
            FixedBitSet above = terms.none();
            terms.join(IndexFields.CHILD, new BytesRef(), terms.nodes(level), (node, doc) -> {
                if (!recording || step(doc, new BytesRef(), node.doc())) {
                    above.set(doc);
                }
            });
            found.or(above);
            above.and(chunks);
            level = above;
        }
        found.andNot(chunks);
        return found;
    }
}

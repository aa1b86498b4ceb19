package dev.stemma.graph.tree;

import dev.stemma.graph.id.Digest;
import java.util.List;

/** A node of the Merkle graph: a directory, or a part of one that is too large for a single node. */
public sealed interface TreeNode permits DirectoryNode, Chunk {

    /** Digest of the canonical form. */
    Digest id();

    /** What it holds. */
    Content content();

    /** Either entries or the parts that hold them. */
    sealed interface Content {

        /**
         * Entries, bytewise by name, no name twice.
         *
         * @param entries may be empty in a directory, never in a chunk
         */
        record Entries(List<TreeEntry> entries) implements Content {
            public Entries {
                entries = List.copyOf(entries);
            }
        }

        /**
         * Chunks whose entries, one chunk after the other, are in order.
         *
         * @param ids two or more in a directory
         */
        record Chunks(List<Digest> ids) implements Content {
            public Chunks {
                ids = List.copyOf(ids);
            }
        }

        /** The digest of a node of this kind that holds this. */
        private Digest digest(String domain) {
            return switch (this) {
                case Entries held -> NodeForm.ofEntries(domain, held.entries());
                case Chunks held -> NodeForm.ofChunks(domain, held.ids());
            };
        }

        /** As a directory. */
        default DirectoryNode asDirectory() {
            return new DirectoryNode(digest("stemma-directory/1"), this);
        }

        /** As a part of a directory. */
        default Chunk asChunk() {
            return new Chunk(digest("stemma-chunk/1"), this);
        }
    }
}

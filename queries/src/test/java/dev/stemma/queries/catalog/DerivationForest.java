package dev.stemma.queries.catalog;

import java.util.Random;

/**
 * Who was made of whom: a few masters, which have one version after another; machines deployed from those versions, from the newest
 * mostly; copies of any of them, and copies of copies. A few masters have most of it. Numbered so that an image comes
 * after its parent with nothing between them but other descendants of that parent, so that who walks it in order keeps one line of ancestors
 * at a time. Takes nine bytes an image. Immutable.
 */
final class DerivationForest {

    private static final int MASTERS_ONE_IN = 60;
    private static final int NOBODY = -1;

    /** How an image came to be. */
    enum Kind {
        MASTER(""),
        VERSION("derive"),
        DEPLOYMENT("deployment"),
        COPY("copy");

        private final String word;

        Kind(String word) {
            this.word = word;
        }

        /** The graph's word for the derivation; empty for a master, which has none. */
        String word() {
            return word;
        }
    }

    private final int[] parents;
    private final byte[] kinds;

    DerivationForest(int images, Random random) {
        int[] parent = new int[images];
        byte[] kind = new byte[images];
        int[] newest = new int[images];
        int masters = 0;
        for (int i = 0; i < images; i++) {
            if (i == 0 || random.nextInt(MASTERS_ONE_IN) == 0) {
                parent[i] = NOBODY;
                kind[i] = (byte) Kind.MASTER.ordinal();
                newest[masters++] = i;
                continue;
            }
            double x = random.nextDouble();
            int master = (int) (masters * x * x);
            int roll = random.nextInt(100);
            if (roll < 8) {
                kind[i] = (byte) Kind.VERSION.ordinal();
                parent[i] = newest[master];
                newest[master] = i;
            } else if (roll < 70) {
                kind[i] = (byte) Kind.DEPLOYMENT.ordinal();
                int version = newest[master];
                while (parent[version] != NOBODY && random.nextInt(3) == 0) {
                    version = parent[version];
                }
                parent[i] = version;
            } else {
                kind[i] = (byte) Kind.COPY.ordinal();
                // Of two, the earlier: few have many copies, most have none.
                parent[i] = Math.min(random.nextInt(i), random.nextInt(i));
            }
        }
        parents = new int[images];
        kinds = new byte[images];
        number(parent, kind);
    }

    /** Numbers them anew, in the order of a walk. */
    private void number(int[] parent, byte[] kind) {
        int images = parent.length;
        int[] first = new int[images + 1];
        int[] next = new int[images];
        java.util.Arrays.fill(first, NOBODY);
        for (int i = images - 1; i >= 0; i--) {
            int at = parent[i] == NOBODY ? images : parent[i];
            next[i] = first[at];
            first[at] = i;
        }
        int[] number = new int[images];
        int count = 0;
        int at = first[images];
        while (at != NOBODY) {
            number[at] = count;
            kinds[count] = kind[at];
            parents[count++] = parent[at] == NOBODY ? NOBODY : number[parent[at]];
            int down = first[at];
            while (down == NOBODY && at != NOBODY) {
                down = next[at];
                at = parent[at];
            }
            at = down;
        }
    }

    int size() {
        return parents.length;
    }

    /** A smaller number, or -1 for a master. */
    int parent(int image) {
        return parents[image];
    }

    Kind kind(int image) {
        return Kind.values()[kinds[image]];
    }
}

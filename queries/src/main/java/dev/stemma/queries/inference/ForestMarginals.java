package dev.stemma.queries.inference;

/**
 * How probable each edge is when every forest is as probable as the product of its edges' weights: by the matrix-tree theorem for directed
 * graphs (Tutte 1948; Koo, Globerson, Carreras and Collins, Structured Prediction Models via the Matrix-Tree Theorem, 2007), exactly and in O(n³).
 */
final class ForestMarginals {

    /** No node's having no parent is less probable than this: keeps the matrix invertible. */
    private static final double FLOOR = 1e-9;

    private ForestMarginals() {}

    /**
     * Works it out.
     *
     * @param scores logarithms of the weights, node 0 the root, as {@link Arborescence#heaviest} takes them
     * @return by parent and child, 0 to 1; each column but the root's adds up to 1
     */
    static double[][] of(double[][] scores) {
        int n = scores.length;
        double[][] shares = new double[n][n];
        for (int child = 1; child < n; child++) {
            double most = scores[0][child];
            for (int parent = 1; parent < n; parent++) {
                most = parent == child ? most : Math.max(most, scores[parent][child]);
            }
            double sum = 0;
            for (int parent = 0; parent < n; parent++) {
                double weight = parent == child ? 0 : Math.exp(scores[parent][child] - most);
                shares[parent][child] = parent == 0 ? Math.max(weight, FLOOR) : weight;
                sum += shares[parent][child];
            }
            for (int parent = 0; parent < n; parent++) {
                shares[parent][child] /= sum;
            }
        }
        double[][] laplacian = new double[n - 1][n - 1];
        for (int i = 1; i < n; i++) {
            for (int k = 1; k < n; k++) {
                laplacian[i - 1][k - 1] = i == k ? 1 : -shares[i][k];
            }
        }
        double[][] inverse = inverse(laplacian);
        double[][] marginals = new double[n][n];
        for (int child = 1; child < n; child++) {
            marginals[0][child] = shares[0][child] * inverse[child - 1][child - 1];
            for (int parent = 1; parent < n; parent++) {
                marginals[parent][child] = Math.clamp(
                        shares[parent][child] * (inverse[child - 1][child - 1] - inverse[child - 1][parent - 1]), 0, 1);
            }
        }
        return marginals;
    }

    /** Gauss and Jordan, with partial pivoting. */
    private static double[][] inverse(double[][] matrix) {
        int n = matrix.length;
        double[][] work = new double[n][2 * n];
        for (int i = 0; i < n; i++) {
            System.arraycopy(matrix[i], 0, work[i], 0, n);
            work[i][n + i] = 1;
        }
        for (int column = 0; column < n; column++) {
            int pivot = column;
            for (int row = column + 1; row < n; row++) {
                if (Math.abs(work[row][column]) > Math.abs(work[pivot][column])) {
                    pivot = row;
                }
            }
            double[] swapped = work[pivot];
            work[pivot] = work[column];
            work[column] = swapped;
            for (int k = 2 * n - 1; k >= column; k--) {
                swapped[k] /= swapped[column];
            }
            for (int row = 0; row < n; row++) {
                double factor = work[row][column];
                if (row != column && factor != 0) {
                    for (int k = column; k < 2 * n; k++) {
                        work[row][k] -= factor * swapped[k];
                    }
                }
            }
        }
        double[][] inverse = new double[n][n];
        for (int i = 0; i < n; i++) {
            System.arraycopy(work[i], n, inverse[i], 0, n);
        }
        return inverse;
    }
}

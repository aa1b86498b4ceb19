/** Tests of the graph model, and the extension that gives tests of all modules a real graph. */
@NullMarked
package dev.stemma.graph;

import org.jspecify.annotations.NullMarked;

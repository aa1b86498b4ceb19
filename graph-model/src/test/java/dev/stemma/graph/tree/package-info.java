@NullMarked
package dev.stemma.graph.tree;

import org.jspecify.annotations.NullMarked;

/** Questions with names, over a graph whose answers are known. */
@NullMarked
package dev.stemma.queries.insight;

import org.jspecify.annotations.NullMarked;

@NullMarked
package dev.stemma.queries.search.language;

import org.jspecify.annotations.NullMarked;

/**
 * Finding images by what they hold, files by name, path or digest, and software by the first letters of its name. The
 * only room that knows Lucene; its index is derived from the graph and can be deleted at any time.
 */
@NullMarked
package dev.stemma.queries.search;

import org.jspecify.annotations.NullMarked;

/**
 * Answers in pages: how many items at once and where to go on. No query lives here, and no page keeps anything open on
 * the server.
 */
@NullMarked
package dev.stemma.queries.page;

import org.jspecify.annotations.NullMarked;

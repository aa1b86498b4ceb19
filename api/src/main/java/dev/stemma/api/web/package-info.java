/**
 * The page at {@code /}, a static client of the REST way in.
 */
@NullMarked
package dev.stemma.api.web;

import org.jspecify.annotations.NullMarked;

/**
 * The language that people search in, {@code os:debian software:(nginx AND NOT apache2)}: how a text becomes conditions, what is
 * said about one that does not, and what may come next while it is typed. What conditions come to is none of its business.
 */
@NullMarked
package dev.stemma.queries.search.language;

import org.jspecify.annotations.NullMarked;

/**
 * The documentation's own tests: the rules of the house (ArchUnit), the glossary, and the examples in the guide. What is
 * written in {@code docs/} is held against the code here; nothing else lives in this module.
 */
@NullMarked
package dev.stemma.docs;

import org.jspecify.annotations.NullMarked;

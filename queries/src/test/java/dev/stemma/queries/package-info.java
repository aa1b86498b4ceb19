/** Tests of the answers against a real graph, and the fixture that fills it exactly as the reference page says. */
@NullMarked
package dev.stemma.queries;

import org.jspecify.annotations.NullMarked;

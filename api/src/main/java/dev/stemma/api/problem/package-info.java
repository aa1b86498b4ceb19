/**
 * What an answer says when there is none: RFC 9457 problems with stable codes, and how each maps to an HTTP status and an
 * exit code. No web framework, no terminal.
 */
@NullMarked
package dev.stemma.api.problem;

import org.jspecify.annotations.NullMarked;

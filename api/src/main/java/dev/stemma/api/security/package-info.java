/**
 * Who may do what: the local token, roles, and the checks on every request before it reaches a controller.
 */
@NullMarked
package dev.stemma.api.security;

import org.jspecify.annotations.NullMarked;

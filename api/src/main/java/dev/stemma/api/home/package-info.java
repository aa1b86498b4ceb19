/**
 * The data directory, {@code STEMMA_HOME}: what lies where and who may read it. Used by the service and by the command
 * line, so nothing here may need either.
 */
@NullMarked
package dev.stemma.api.home;

import org.jspecify.annotations.NullMarked;

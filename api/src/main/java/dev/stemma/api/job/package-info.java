/**
 * Long work as jobs: a queue that survives a killed service, progress for whoever watches, cancel. What a job does is handed
 * in; nothing here reads an image.
 */
@NullMarked
package dev.stemma.api.job;

import org.jspecify.annotations.NullMarked;

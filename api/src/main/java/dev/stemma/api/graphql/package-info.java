/**
 * The GraphQL way in: one schema file a noun under resources, fetched in batches.
 */
@NullMarked
package dev.stemma.api.graphql;

import org.jspecify.annotations.NullMarked;

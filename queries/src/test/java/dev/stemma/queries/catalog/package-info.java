/**
 * Libraries of many images, made from a seed as libraries come to be and put into a graph in bulk: what benchmarks ask, and what they hold the answers
 * against. Nothing here asks.
 */
@NullMarked
package dev.stemma.queries.catalog;

import org.jspecify.annotations.NullMarked;

package dev.stemma.graph.model;

/**
 * One name in a file system of an image, with all that is known of it: a line of the manifest.
 *
 * @param path in its own file system
 */
public record Entry(GuestPath path, Attributes attributes, Payload payload) {}

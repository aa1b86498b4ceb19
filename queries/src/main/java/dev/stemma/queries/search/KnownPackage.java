package dev.stemma.queries.search;

/**
 * Software that some image has.
 *
 * @param id {@code deb/nginx}
 * @param images how many images have it now
 * @param versions how many versions of it are known
 */
public record KnownPackage(String id, String ecosystem, String name, long images, long versions) {}

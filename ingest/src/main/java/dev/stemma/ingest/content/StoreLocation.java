package dev.stemma.ingest.content;

import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Where a content store lies. As text: an absolute path, {@code file:///path}, or
 * {@code s3://bucket/prefix?endpoint=https://host:port&region=NAME&path-style=true&lease=none}, of which all behind the bucket may be left out.
 */
public sealed interface StoreLocation {

    /** A directory of a local file system. */
    record Directory(Path path) implements StoreLocation {
        @Override
        public String toString() {
            return path.toString();
        }
    }

    /**
     * A bucket that speaks S3. Credentials are no part of it: they come from the environment, as the AWS SDK says.
     *
     * @param name 3 to 63 letters, digits, dots and hyphens
     * @param prefix of all keys, without slashes at its ends; may be empty
     * @param endpoint of the server, {@code http} or {@code https}; empty for Amazon's own
     * @param region empty for what the environment says
     * @param pathStyle whether the bucket stands in the path, not in the host's name
     * @param leased whether a lease keeps other processes out; without it whoever opens the store vouches that no other does
     */
    record Bucket(
            String name,
            String prefix,
            Optional<URI> endpoint,
            Optional<String> region,
            boolean pathStyle,
            boolean leased)
            implements StoreLocation {

        private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]");
        private static final Pattern PREFIX = Pattern.compile("|[A-Za-z0-9!_.*'()-]+(/[A-Za-z0-9!_.*'()-]+)*");
        private static final Pattern REGION = Pattern.compile("[a-z0-9-]{1,64}");
        private static final int MAX_PREFIX = 512;

        /** Checks it. */
        public Bucket {
            require(NAME.matcher(name).matches(), "no name of a bucket: '" + name + "'");
            require(
                    PREFIX.matcher(prefix).matches() && prefix.length() <= MAX_PREFIX,
                    "no prefix of keys: '" + prefix + "'; letters, digits and !_.*'()- with single slashes between");
            endpoint.ifPresent(uri -> require(
                    ("http".equals(uri.getScheme()) || "https".equals(uri.getScheme()))
                            && uri.getHost() != null
                            && uri.getRawUserInfo() == null
                            && uri.getRawQuery() == null
                            && uri.getRawFragment() == null,
                    "no endpoint: '" + uri + "'; write http:// or https://, a host, and a port if need be"));
            region.ifPresent(text -> require(REGION.matcher(text).matches(), "no region: '" + text + "'"));
        }

        /** What {@link #parse} reads as this. */
        @Override
        public String toString() {
            StringBuilder text = new StringBuilder("s3://").append(name);
            if (!prefix.isEmpty()) {
                text.append('/').append(prefix);
            }
            StringBuilder options = new StringBuilder();
            endpoint.ifPresent(uri -> options.append("&endpoint=").append(uri));
            region.ifPresent(one -> options.append("&region=").append(one));
            options.append(pathStyle ? "&path-style=true" : "").append(leased ? "" : "&lease=none");
            return options.isEmpty()
                    ? text.toString()
                    : text.append('?').append(options.substring(1)).toString();
        }
    }

    /**
     * Reads a location.
     *
     * @throws IllegalArgumentException when it is none; says what is wrong and what would be right
     */
    static StoreLocation parse(String text) {
        if (text.startsWith("s3://")) {
            return bucket(text);
        }
        try {
            if (text.startsWith("file:")) {
                return new Directory(Path.of(new URI(text)));
            }
        } catch (URISyntaxException | IllegalArgumentException e) {
            throw new IllegalArgumentException("'" + text + "' is no place of a store: " + e.getMessage(), e);
        }
        try {
            require(
                    !text.contains("://"),
                    "'" + text + "' is of a kind that no store lies in; write /path or s3://bucket");
            Path path = Path.of(text);
            require(path.isAbsolute(), "'" + text + "' is no absolute path; write /path or s3://bucket");
            return new Directory(path);
        } catch (InvalidPathException e) {
            throw new IllegalArgumentException("'" + text + "' is no place of a store: " + e.getMessage(), e);
        }
    }

    private static Bucket bucket(String text) {
        String rest = text.substring("s3://".length());
        int question = rest.indexOf('?');
        String place = question < 0 ? rest : rest.substring(0, question);
        Map<String, String> options = question < 0 ? Map.of() : options(rest.substring(question + 1));
        int slash = place.indexOf('/');
        String prefix = slash < 0 ? "" : place.substring(slash + 1);
        String pathStyle = options.getOrDefault("path-style", "false");
        require(pathStyle.matches("true|false"), "path-style is true or false, not '" + pathStyle + "'");
        String lease = options.getOrDefault("lease", "kept");
        require(lease.matches("kept|none"), "lease is kept or none, not '" + lease + "'");
        return new Bucket(
                slash < 0 ? place : place.substring(0, slash),
                prefix.endsWith("/") ? prefix.substring(0, prefix.length() - 1) : prefix,
                Optional.ofNullable(options.get("endpoint")).map(StoreLocation::endpoint),
                Optional.ofNullable(options.get("region")),
                pathStyle.equals("true"),
                lease.equals("kept"));
    }

    private static URI endpoint(String text) {
        try {
            return new URI(text);
        } catch (URISyntaxException e) {
            throw new IllegalArgumentException(
                    "no endpoint: '" + text + "'; write http:// or https://, a host, and a port if need be", e);
        }
    }

    private static Map<String, String> options(String text) {
        Map<String, String> options = new LinkedHashMap<>();
        for (String option : text.split("&", 8)) {
            int equal = option.indexOf('=');
            String name = equal < 0 ? option : option.substring(0, equal);
            require(
                    equal > 0 && name.matches("endpoint|region|path-style|lease"),
                    "'" + option + "' is no option of a bucket; there are endpoint=, region=, path-style= and lease=");
            require(options.put(name, option.substring(equal + 1)) == null, name + " is said twice");
        }
        return options;
    }

    private static void require(boolean right, String wrong) {
        if (!right) {
            throw new IllegalArgumentException(wrong);
        }
    }
}

package dev.stemma.api.job;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.util.List;
import java.util.Optional;

/** What somebody asked to have done. A journal of an earlier Stemma names no kind: it knew index runs only. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind", defaultImpl = IndexRequest.class)
@JsonSubTypes({
    @JsonSubTypes.Type(value = IndexRequest.class, name = "index"),
    @JsonSubTypes.Type(value = CheckInRequest.class, name = "check-in"),
    @JsonSubTypes.Type(value = CheckOutRequest.class, name = "check-out"),
    @JsonSubTypes.Type(value = CloneRequest.class, name = "clone"),
    @JsonSubTypes.Type(value = CopyRequest.class, name = "copy"),
    @JsonSubTypes.Type(value = VerifyRequest.class, name = "verify"),
    @JsonSubTypes.Type(value = CollectRequest.class, name = "collect")
})
public sealed interface JobRequest
        permits IndexRequest,
                CheckInRequest,
                CheckOutRequest,
                CloneRequest,
                CopyRequest,
                VerifyRequest,
                CollectRequest {

    /** What it is done to, an item each, in the order asked: paths, or what stands for them. */
    List<String> subjects();

    /** For each item, from 1 second to a week. */
    long timeLimitSeconds();

    /** Who asked. */
    String agent();

    /** That a path can be one of this host. */
    static void requirePath(String path) {
        if (!path.startsWith("/") || path.length() > 4_096 || path.indexOf('\0') >= 0) {
            throw new IllegalArgumentException("a path is absolute and at most 4,096 characters: " + path);
        }
    }

    /** That a time limit is one. */
    static void requireLimit(long timeLimitSeconds) {
        if (timeLimitSeconds < 1 || timeLimitSeconds > 7L * 24 * 3_600) {
            throw new IllegalArgumentException("a time limit is 1 second to a week, not " + timeLimitSeconds + " s");
        }
    }

    /** That there are not too many key files, and each is a path. */
    static List<String> keys(Optional<List<String>> files) {
        List<String> keys = List.copyOf(files.orElse(List.of()));
        if (keys.size() > IndexRequest.MAX_KEY_FILES) {
            throw new IllegalArgumentException("a job has at most " + IndexRequest.MAX_KEY_FILES + " key files");
        }
        keys.forEach(JobRequest::requirePath);
        return keys;
    }
}

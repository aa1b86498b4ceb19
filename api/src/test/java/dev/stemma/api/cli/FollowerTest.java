package dev.stemma.api.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.Test;

class FollowerTest {

    @Test
    void aFileIsNamedOnceWhenSomethingIsWrongWithIt() {
        assertThat(Follower.sentence("/lab/web.raw", problem("web.raw"))).isEqualTo("it is no disk. Look at it");
        assertThat(Follower.sentence("/lab/web.raw", problem("web.raw › partition 2")))
                .isEqualTo("partition 2: it is no disk. Look at it");
        assertThat(Follower.sentence("/lab/web.qcow2", problem("base.qcow2 › partition 2")))
                .isEqualTo("base.qcow2 › partition 2: it is no disk. Look at it");
        assertThat(Follower.sentence("debian:1.1", problem(""))).isEqualTo("it is no disk. Look at it");
    }

    private static JsonNode problem(String where) {
        return Answer.object()
                .put("where", where)
                .put("detail", "it is no disk")
                .put("remedy", "Look at it");
    }
}

package dev.stemma.ingest.reference.fuse;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stemma.graph.model.GuestName;
import dev.stemma.graph.model.GuestPath;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What the kernel was told is known until it has forgotten it as often. */
class NodesTest {

    private final Nodes nodes = new Nodes();

    private static GuestName name(String text) {
        return GuestName.ofText(text);
    }

    @Test
    void aNameHasOneNumberUntilItIsForgottenAsOftenAsItWasTold() {
        long etc = nodes.remember(Nodes.ROOT, name("etc"), false);
        long hosts = nodes.remember(etc, name("hosts"), true);
        assertThat(nodes.remember(etc, name("hosts"), true)).isEqualTo(hosts);
        assertThat(nodes.path(hosts)).contains(GuestPath.parse("/etc/hosts"));
        nodes.forget(hosts, 1);
        assertThat(nodes.path(hosts)).isPresent();
        nodes.forget(hosts, 1);
        assertThat(nodes.path(hosts)).isEmpty();
        assertThat(nodes.remember(etc, name("hosts"), true))
                .as("a number is never given twice")
                .isNotEqualTo(hosts);
        nodes.forget(etc, 1);
        assertThat(nodes.path(etc)).isEmpty();
    }

    @Test
    void theRootIsNeverForgottenAndStrangeNumbersAreNothing() {
        nodes.forget(Nodes.ROOT, Long.MAX_VALUE);
        assertThat(nodes.path(Nodes.ROOT)).contains(GuestPath.ROOT);
        nodes.forget(77, 1);
        assertThat(nodes.path(77)).isEmpty();
        assertThat(nodes.size()).isOne();
    }

    @Test
    void theOldestAreFilesAlone() {
        long first = nodes.remember(Nodes.ROOT, name("a"), true);
        nodes.remember(Nodes.ROOT, name("directory"), false);
        nodes.remember(Nodes.ROOT, name("b"), true);
        nodes.remember(Nodes.ROOT, name("c"), true);
        assertThat(nodes.oldest(2)).extracting(Nodes.Name::name).containsExactly(name("a"), name("b"));
        nodes.forget(first, 1);
        assertThat(nodes.oldest(9)).extracting(Nodes.Name::name).containsExactly(name("b"), name("c"));
        assertThat(nodes.path(first)).isEqualTo(Optional.empty());
    }
}

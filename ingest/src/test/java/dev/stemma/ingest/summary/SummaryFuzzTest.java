package dev.stemma.ingest.summary;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stemma.graph.model.ContentSummary;
import dev.stemma.ingest.filesystem.MemorySource;
import dev.stemma.ingest.problem.ImageProblem;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** First lines of scripts as execve(2) reads them, and programs broken in seeded ways: an answer or a problem, and never anything else. */
class SummaryFuzzTest {

    private static Optional<ContentSummary> script(String text) {
        return ScriptFacts.of(text.getBytes(StandardCharsets.UTF_8));
    }

    private static String interpreter(String text) {
        return script(text).flatMap(ContentSummary::interpreter).orElse("none");
    }

    @Test
    void theFirstLineNamesTheInterpreter() {
        assertThat(interpreter("#!/bin/sh\necho")).isEqualTo("/bin/sh");
        assertThat(interpreter("#! /bin/bash -e\n")).isEqualTo("/bin/bash");
        assertThat(interpreter("#!/usr/bin/env python3\n")).isEqualTo("python3");
        assertThat(interpreter("#!/usr/bin/env -S A=b node --x\n")).isEqualTo("node");
        assertThat(interpreter("#!/usr/bin/env\n")).isEqualTo("/usr/bin/env");
        assertThat(interpreter("#!relative\n")).isEqualTo("none");
        assertThat(interpreter("#!\n/bin/sh")).isEqualTo("none");
        assertThat(script("#!/usr/bin/python3.11 -I\n"))
                .get()
                .extracting(ContentSummary::mimeType)
                .isEqualTo("text/x-script.python");
        assertThat(interpreter("#!/bin/\u001b[31m\n")).isEqualTo("/bin/\\x1b[31m");
        assertThat(interpreter("#!/" + "x".repeat(1_000))).hasSize(254);
    }

    @Test
    void brokenProgramsCostNothing() throws Exception {
        Random random = new Random(Long.getLong("seed", 26));
        byte[] program = Files.readAllBytes(Path.of(System.getProperty("java.home"), "bin", "java"));
        assertThat(SummarySearch.of(new MemorySource(program)).orElseThrow().libraries())
                .isNotEmpty();
        for (int i = 0; i < 5_000; i++) {
            byte[] broken = program.clone();
            int near = random.nextBoolean() ? 64 : random.nextBoolean() ? 1_024 : broken.length;
            for (int k = random.nextInt(8); k >= 0; k--) {
                broken[random.nextInt(near)] = (byte) (random.nextInt(4) == 0 ? 0xff : random.nextInt(256));
            }
            int length = random.nextInt(5) == 0 ? random.nextInt(broken.length) : broken.length;
            try {
                ContentSummary summary = SummarySearch.of(new MemorySource(java.util.Arrays.copyOf(broken, length)))
                        .orElse(new ContentSummary(
                                "", Optional.empty(), List.of(), Optional.empty(), Optional.empty()));
                assertThat(summary.libraries()).hasSizeLessThanOrEqualTo(500);
            } catch (ImageProblem e) {
                assertThat(e.code()).isNotBlank();
            }
        }
    }
}

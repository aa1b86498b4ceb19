package dev.stemma.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stemma.graph.model.Level;
import dev.stemma.ingest.analyze.FactLog;
import dev.stemma.ingest.analyze.Findings;
import dev.stemma.ingest.analyze.GuestAnalysis;
import dev.stemma.ingest.analyze.GuestFiles;
import dev.stemma.ingest.analyze.role.RoleRules;
import dev.stemma.ingest.problem.Budget;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Thousands of guests whose configuration is damaged. The seed of a failure is in its message; {@code -Dseed=N} begins there. */
class MachineFuzzTest {

    private static final int COUNT = 1_000;
    private static final long FIRST = Long.getLong("seed", 1);

    private static final Map<String, String> CORPUS = new TreeMap<>(Map.ofEntries(
            Map.entry("etc/passwd", "root:x:0:0:root:/root:/bin/bash\nann:x:1000:1000::/home/ann:/bin/sh\n"),
            Map.entry("etc/shadow", "root:$6$abc$def:1::::::\nann:!:1::::::\n"),
            Map.entry("etc/group", "root:x:0:\ncrew:x:10:ann,root\n"),
            Map.entry("etc/crontab", "SHELL=/bin/sh\n17 * * * * root run-parts /x\n@daily ann A=b c\n"),
            Map.entry(
                    "etc/network/interfaces",
                    "auto lo\niface eth0 inet static\n address 10.0.0.1\n netmask 255.0.0.0\n"),
            Map.entry(
                    "etc/netplan/a.yaml",
                    "network: {ethernets: {e: {dhcp4: true, addresses: [1.2.3.4/8, &x y, *x]}}}\n"),
            Map.entry(
                    "etc/systemd/network/a.network", "[Match]\nName=e*\n[Network]\nDHCP=yes\nAddress=\\\n1.2.3.4/8\n"),
            Map.entry(
                    "etc/ssh/ssh_host_ed25519_key.pub",
                    "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIBWYmIh4gT0tXHkSLwGYGpBEqgmr5YRBDM8CnTbE0fLY root@h\n"),
            Map.entry(
                    "etc/ssh/ssh_host_ed25519_key",
                    "-----BEGIN OPENSSH PRIVATE KEY-----\nb3BlbnNzaC1rZXktdjEAAAAABG5vbmUAAAAEbm9uZQAAAAAAAAABAAAAMwAAAAtzc2gtZW\n"
                            + "QyNTUxOQAAACAVmJiIeIE9LVx5Ei8BmBqQRKoJq+WEQQzPAp02xNHy2A==\n-----END OPENSSH PRIVATE KEY-----\n"),
            Map.entry(
                    "etc/ssl/a.pem",
                    "-----BEGIN CERTIFICATE-----\nMIIBIjANBgkqhkiG9w0BAQ==\n-----END CERTIFICATE-----\n"),
            Map.entry("etc/nginx/nginx.conf", "server {\n listen [::]:80 ssl;\n ssl_certificate /etc/ssl/a.pem;\n}\n"),
            Map.entry("etc/haproxy/haproxy.cfg", "bind *:80\nbind :443 ssl crt /a\n"),
            Map.entry(
                    "boot/grub/grub.cfg",
                    "set default=\"1>0\"\nmenuentry 'a' {\n linux /a x\n}\nsubmenu 'b' {\n menuentry 'c' {\n linux /c y=\"z\"\n }\n}\n"),
            Map.entry("boot/vmlinuz-6.1", "k"),
            Map.entry("root/authorized", "x")));

    private static byte[] damaged(byte[] original, SplittableRandom random) {
        byte[] bytes = original.clone();
        switch (random.nextInt(5)) {
            case 0 -> bytes = Arrays.copyOf(bytes, random.nextInt(bytes.length + 1));
            case 1 -> {
                for (int i = random.nextInt(1, 8); i > 0; i--) {
                    bytes[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));
                }
            }
            case 2 -> {
                int start = random.nextInt(bytes.length);
                Arrays.fill(bytes, start, Math.min(bytes.length, start + random.nextInt(1, 20)), (byte)
                        random.nextInt(256));
            }
            case 3 -> { // one piece over and over: long lines, deep nesting, many entries
                int start = random.nextInt(bytes.length);
                int end = random.nextInt(start, bytes.length) + 1;
                String piece = new String(bytes, start, end - start, StandardCharsets.ISO_8859_1);
                bytes = piece.repeat(random.nextInt(1, 20_000 / piece.length() + 2))
                        .getBytes(StandardCharsets.ISO_8859_1);
            }
            default -> {}
        }
        return bytes;
    }

    private static HeapFileSystem guest(SplittableRandom random) {
        Map<String, byte[]> files = new TreeMap<>();
        CORPUS.forEach((path, text) -> files.put(path, damaged(text.getBytes(StandardCharsets.ISO_8859_1), random)));
        return HeapFileSystem.holding(files);
    }

    @Test
    @Timeout(120)
    void whateverTheFilesSayTheAnalysisEndsInBoundedFacts() throws Exception {
        int facts = 0;
        for (long seed = FIRST; seed < FIRST + COUNT; seed++) {
            GuestFiles files = GuestFiles.of(guest(new SplittableRandom(seed)), Budget.of(Duration.ofSeconds(20)));
            Findings found;
            try {
                found = GuestAnalysis.run(files, Level.FULL);
                RoleRules.SHIPPED.roles(found.packages(), found.facts());
            } catch (RuntimeException | StackOverflowError e) {
                throw new AssertionError("seed " + seed, e);
            }
            assertThat(found.facts()).as("seed " + seed).hasSizeLessThan(20 * FactLog.MAX_OF_A_KIND);
            assertThat(found.facts().toString())
                    .as("seed " + seed)
                    .doesNotContain("$6$abc", "abc$def")
                    .matches(text -> text.chars().noneMatch(c -> c < 0x20 || c == 0x7f), "has no control characters");
            facts += found.facts().size();
        }
        assertThat(facts).isGreaterThan(COUNT * 10);
    }
}

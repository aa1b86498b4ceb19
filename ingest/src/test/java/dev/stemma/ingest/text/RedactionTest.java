package dev.stemma.ingest.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is secret goes; what only looks as if stays. */
class RedactionTest {

    private static String redacted(String text) {
        return Redaction.of(text, SecretRules.SHIPPED).text();
    }

    /** In each the secret is S3cr3t, or has it in it. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "password=S3cr3t",
                "password = S3cr3t with blanks S3cr3t",
                "db_password: 'S3cr3t'",
                "DB_PASS=S3cr3t",
                "define('DB_PASSWORD', 'S3cr3t');",
                "\"password\": \"S3cr3t\", \"user\": \"u\"",
                "spring.datasource.password=S3cr3t",
                "  <add key=\"x\" password=\"S3cr3t\" />",
                "<password>S3cr3t</password>",
                "<bind:Password kind='plain'>S3cr3t</bind:Password>",
                "requirepass S3cr3t",
                "# requirepass S3cr3t",
                "machine example.org login me password S3cr3t",
                "psk=S3cr3t",
                "        psk=\"S3cr3t\"",
                "PrivateKey = S3cr3t",
                "PresharedKey=S3cr3t",
                "aws_secret_access_key = S3cr3t",
                "export GITHUB_TOKEN=S3cr3t",
                "//registry.example.org/:_authToken=S3cr3t",
                "Authorization: Basic S3cr3t",
                "proxy_set_header Authorization \"Bearer S3cr3tS3cr3t\";",
                "url = https://user:S3cr3t@example.org/repo",
                "Acquire::http::Proxy \"http://u:S3cr3t@proxy:3128\";",
                "0 3 * * * root backup --password=S3cr3t /srv",
                "ExecStart=/usr/bin/x --token S3cr3t",
                "root:$6$salt$S3cr3t/hash.:19000:0:99999:7:::",
                "root:$y$j9T$S3cr3t$S3cr3t:19000:0:99999:7:::",
                "root:S3cr3t.456789:19000:0:99999:7:::",
                "user:{SHA}S3cr3tabc=",
                "user:$apr1$x$S3cr3t",
                "password_pbkdf2 root grub.pbkdf2.sha512.10000.S3cr3t",
                "rocommunity S3cr3t",
                "key \"k\" { algorithm hmac-sha256; secret: \"S3cr3t\"; };",
                "    secret \"S3cr3t\";",
                "AccountName=x;AccountKey=S3cr3t==;EndpointSuffix=y",
                "\"client\" \"server\" \"S3cr3t1\" 10.0.0.1",
            })
    void secretsGo(String line) {
        assertThat(redacted("before\n" + line + "\nafter\n"))
                .doesNotContain("S3cr3t")
                .contains("[redacted: ")
                .startsWith("before\n")
                .endsWith("\nafter\n");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "passwd:         files systemd",
                "shadow: files",
                "passwd: compat nis [NOTFOUND=return]",
                "password\t[success=1 default=ignore]\tpam_unix.so obscure use_authtok try_first_pass yescrypt",
                "password requisite pam_pwquality.so retry=3",
                "PasswordAuthentication yes",
                "#PermitRootLogin prohibit-password",
                "PASS_MAX_DAYS   99999",
                "password_file = /etc/mosquitto/passwd",
                "ssl_certificate_key /etc/ssl/private/k.key;",
                "root:x:0:0:root:/root:/bin/bash",
                "daemon:*:19000:0:99999:7:::",
                "sshd:!:19000::::::",
                "user:100000:65536",
                "listen 443 ssl;",
                "use_token = false",
                "http://example.org:8080/@x",
                "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIBvS me@host",
            })
    void ordinaryLinesStay(String line) {
        assertThat(redacted(line)).isEqualTo(line);
    }

    @Test
    void keysAndBlocksGoWhole() {
        assertThat(redacted(
                        "a\n-----BEGIN OPENSSH PRIVATE KEY-----\nb3Blbn\nabc\n-----END OPENSSH PRIVATE KEY-----\nz"))
                .isEqualTo("a\n-----BEGIN OPENSSH PRIVATE KEY-----\n[redacted: private-key]\n"
                        + "-----END OPENSSH PRIVATE KEY-----\nz");
        assertThat(redacted("-----BEGIN RSA PRIVATE KEY-----\nb3Blbn\nabc")).doesNotContain("b3Blbn", "abc");
        assertThat(redacted("{\"private_key\": \"-----BEGIN PRIVATE KEY-----\\nMIIE\\n-----END PRIVATE KEY-----\\n\"}"))
                .doesNotContain("MIIE");
        assertThat(redacted("password: |\n  one\n\n  two\nuser: me\n"))
                .doesNotContain("one", "two")
                .endsWith("\nuser: me\n");
        assertThat(redacted("password = one\\\n two\\\n three\nuser = me"))
                .doesNotContain("one", "two", "three")
                .endsWith("\nuser = me");
        assertThat(redacted("x".repeat(5_000) + "\nz")).isEqualTo("[redacted: long line]\nz");
    }

    @Test
    void theSameIsShownForWhateverSecret() {
        assertThat(redacted("password=a")).isEqualTo(redacted("password=" + "b".repeat(50)));
        assertThat(Redaction.of("password=a\nx\ntoken: b\n", SecretRules.SHIPPED)
                        .count())
                .isEqualTo(2);
        String once = redacted("password=a\nroot:$6$a$b:1:2:3:4:::\n");
        assertThat(redacted(once)).isEqualTo(once);
    }

    /** Patterns that go back and forth would take hours on lines that were made for it. */
    @Test
    void noTextTakesLong() {
        Random random = new Random(Long.getLong("seed", 26));
        String[] pieces = {"password", "a", " ", ":", "=", "\"", "-", "_", "<", "$6$", "token", ".", "eyJ", "[", "//"};
        Assertions.assertTimeout(Duration.ofMinutes(5), () -> {
            for (String piece : pieces) {
                redacted((piece.repeat(4_096 / piece.length()) + "\n").repeat(16));
            }
            for (int i = 0; i < 100; i++) {
                StringBuilder line = new StringBuilder();
                while (line.length() < 4_000) {
                    line.append(pieces[random.nextInt(pieces.length)].repeat(1 + random.nextInt(40)));
                }
                redacted(line.substring(0, 4_000));
            }
        });
    }
}

package dev.stemma.ingest.content;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Where a store lies, as text. */
class StoreLocationTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/var/lib/store",
                "s3://bucket",
                "s3://bucket/some/prefix",
                "s3://my.bucket-1/p?endpoint=http://127.0.0.1:9000&region=eu-west-1&path-style=true&lease=none",
            })
    void whatIsReadIsWrittenTheSame(String text) {
        assertThat(StoreLocation.parse(text)).hasToString(text);
    }

    @Test
    void aDirectoryMayBeAnAddressAndAPrefixMayEndInASlash() {
        assertThat(StoreLocation.parse("file:///var/lib/a%20b"))
                .isEqualTo(new StoreLocation.Directory(Path.of("/var/lib/a b")));
        assertThat(StoreLocation.parse("s3://bucket/")).hasToString("s3://bucket");
        assertThat(StoreLocation.parse("s3://bucket/a/")).hasToString("s3://bucket/a");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "store|absolute",
                "''|absolute",
                "gs://bucket|kind",
                "s3://|name of a bucket",
                "s3://B|name of a bucket",
                "s3://bucket//a|prefix",
                "s3://bucket/a b|prefix",
                "s3://bucket?colour=red|option",
                "s3://bucket?lease|option",
                "s3://bucket?lease=maybe|lease",
                "s3://bucket?path-style=1|path-style",
                "s3://bucket?region=a&region=b|twice",
                "s3://bucket?region=A_B|region",
                "s3://bucket?endpoint=127.0.0.1:9000|endpoint",
                "s3://bucket?endpoint=ftp://host|endpoint",
                "s3://bucket?endpoint=http://user:secret@host|endpoint",
                "s3://bucket?endpoint=http://a b|endpoint",
                "file://host/share|file://host/share",
            })
    void whatIsNoneSaysWhatIsWrong(String text, String why) {
        assertThatThrownBy(() -> StoreLocation.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(why);
    }

    @Test
    void noTextBreaksIt() {
        String[] pieces = {"s3://", "file:", "/", "?", "&", "=", "endpoint", "a", "%", "\0", "lease", "none", "://", "é"
        };
        Random random = new Random(1);
        for (int i = 0; i < 50_000; i++) {
            StringBuilder text = new StringBuilder();
            for (int n = random.nextInt(8); n > 0; n--) {
                text.append(pieces[random.nextInt(pieces.length)]);
            }
            try {
                assertThat(StoreLocation.parse(text.toString())).isNotNull();
            } catch (IllegalArgumentException e) {
                assertThat(e).as("'%s'", text).message().isNotBlank();
            }
        }
    }
}

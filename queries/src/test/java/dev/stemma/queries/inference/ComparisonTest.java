package dev.stemma.queries.inference;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stemma.queries.inference.FileTable.Mark;
import dev.stemma.queries.inference.ImageTraits.PackageMark;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

final class ComparisonTest {

    private static ImageTraits image(
            Map<String, PackageMark> packages,
            Optional<String> machineId,
            Set<String> keys,
            List<Long> log,
            Mark... own) {
        FileTable.Builder files = new FileTable.Builder(100);
        List.of(own).forEach(files::add);
        return new ImageTraits(
                "x",
                "x",
                Map.of("uuid", Optional.of(Instant.EPOCH)),
                packages,
                true,
                machineId,
                keys,
                files.build(),
                FileTable.EMPTY,
                log.isEmpty() ? Map.of() : Map.of("/var/log/dpkg.log", log));
    }

    private static ImageTraits logged(Long... log) {
        return image(Map.of(), Optional.empty(), Set.of(), List.of(log));
    }

    private static double value(ImageTraits parent, ImageTraits child, Feature feature) {
        return new Comparison(parent, child).value(feature);
    }

    @Test
    void packagesAreComparedByTheOrderOfTheirEcosystem() {
        Map<String, PackageMark> before = new HashMap<>();
        Map<String, PackageMark> after = new HashMap<>();
        before.put("same", new PackageMark("deb", "1", true));
        after.put("same", new PackageMark("deb", "1", true));
        before.put("up", new PackageMark("deb", "1.9", true));
        after.put("up", new PackageMark("deb", "1.10", true));
        before.put("down", new PackageMark("deb", "1.0", true));
        after.put("down", new PackageMark("deb", "1.0~rc1", true));
        before.put("removed", new PackageMark("deb", "1", true));
        before.put("left", new PackageMark("deb", "1", true));
        after.put("left", new PackageMark("deb", "1", false));
        after.put("new", new PackageMark("deb", "1", true));
        ImageTraits parent = image(before, Optional.empty(), Set.of(), List.of());
        ImageTraits child = image(after, Optional.empty(), Set.of(), List.of());
        for (Feature one : List.of(
                Feature.PACKAGES_UPGRADED,
                Feature.PACKAGES_DOWNGRADED,
                Feature.PACKAGES_REMOVED,
                Feature.PACKAGES_LEFT_OVER,
                Feature.PACKAGES_ADDED)) {
            assertThat(value(parent, child, one)).as(one.name()).isEqualTo(Math.log1p(1));
        }
        assertThat(value(child, parent, Feature.LEFTOVERS_GONE)).isEqualTo(Math.log1p(1));
        assertThat(new Comparison(parent, child).words(Feature.PACKAGES_UPGRADED))
                .isEqualTo("1 packages are newer than in the parent");
    }

    @Test
    void aLogThatGoesOnAndOneThatForksAreToldApart() {
        assertThat(value(logged(1L, 2L), logged(1L, 2L, 3L), Feature.LOG_CONTINUED))
                .isEqualTo(1);
        assertThat(value(logged(1L, 2L, 3L), logged(1L, 2L), Feature.LOG_BEHIND))
                .isEqualTo(1);
        assertThat(value(logged(1L, 2L, 4L), logged(1L, 2L, 3L), Feature.LOG_FORKED))
                .isEqualTo(Math.log1p(1));
        assertThat(value(logged(1L, 2L), logged(8L, 9L), Feature.LOG_APART)).isEqualTo(1);
        // Rotated: the first lines are gone.
        assertThat(value(logged(1L, 2L, 3L), logged(2L, 3L, 4L), Feature.LOG_CONTINUED))
                .isEqualTo(1);
        assertThat(value(logged(2L, 3L), logged(1L, 2L, 3L, 4L), Feature.LOG_CONTINUED))
                .isEqualTo(1);
    }

    @Test
    void identitiesThatWereSetClearedOrMadeAnewAreToldApart() {
        ImageTraits none = image(Map.of(), Optional.empty(), Set.of(), List.of());
        ImageTraits one = image(Map.of(), Optional.of("1"), Set.of("k"), List.of());
        ImageTraits other = image(Map.of(), Optional.of("2"), Set.of("l"), List.of());
        assertThat(value(none, one, Feature.MACHINE_ID_SET)).isEqualTo(1);
        assertThat(value(none, one, Feature.HOST_KEYS_MADE)).isEqualTo(1);
        assertThat(value(one, none, Feature.MACHINE_ID_CLEARED)).isEqualTo(1);
        assertThat(value(one, one, Feature.SAME_HOST_KEYS)).isEqualTo(1);
        assertThat(value(one, other, Feature.OTHER_MACHINE_ID)).isEqualTo(1);
        assertThat(value(one, other, Feature.OTHER_HOST_KEYS)).isEqualTo(1);
        assertThat(value(one, other, Feature.SAME_FILE_SYSTEM)).isEqualTo(1);
    }

    @Test
    void filesTellWhoWasWrittenToAfterTheTwoParted() {
        Mark[] shared =
                LongStream.rangeClosed(1, 4).mapToObj(i -> new Mark(i, i, i, i)).toArray(Mark[]::new);
        ImageTraits parent = image(Map.of(), Optional.empty(), Set.of(), List.of(), shared);
        ImageTraits child = image(
                Map.of(),
                Optional.empty(),
                Set.of(),
                List.of(),
                shared[0],
                shared[1],
                shared[2],
                new Mark(4, 40, 4, 9),
                new Mark(5, 5, 5, 10));
        assertThat(new Comparison(parent, child).kinship()).isEqualTo(Comparison.Kinship.WRITINGS);
        assertThat(value(parent, child, Feature.NONE_OLDER)).isEqualTo(1);
        assertThat(value(parent, child, Feature.CHANGES_LATER)).isEqualTo(1);
        assertThat(value(parent, child, Feature.OWN_INODES)).isEqualTo(1);
        assertThat(value(child, parent, Feature.OWN_OLDER)).isEqualTo(Math.log1p(1));
        assertThat(value(child, parent, Feature.PARENT_NEWER)).isEqualTo(1);
        assertThat(value(child, parent, Feature.PARENT_STOOD_STILL)).isZero();
    }

    @Test
    void samplesOfManyFilesCoverTheSamePaths() {
        FileTable.Builder all = new FileTable.Builder(10_000);
        FileTable.Builder some = new FileTable.Builder(500);
        LongStream.range(0, 5_000).map(FileTable::mix).forEach(path -> {
            all.add(new Mark(path, 1, 0, 0));
            some.add(new Mark(path, 1, 0, 0));
        });
        long[] counts = new long[3];
        some.build().compare(all.build(), new FileTable.Visitor() {
            @Override
            public void both(boolean content, boolean inode, long here, long there) {
                counts[0]++;
            }

            @Override
            public void onlyHere(long time) {
                counts[1]++;
            }

            @Override
            public void onlyThere(long time) {
                counts[2]++;
            }
        });
        assertThat(counts).containsExactly(500, 0, 0);
    }
}

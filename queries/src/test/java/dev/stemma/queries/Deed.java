package dev.stemma.queries;

import java.time.Instant;
import java.util.Locale;

/** Something that happens in a {@link Chronicle}, and when. */
public sealed interface Deed {

    Instant time();

    String activity();

    /** The kind of its activity. */
    String kind();

    /** When it is so: what an index run saw is so from when it looked. */
    default Instant effective() {
        return time();
    }

    record Register(Instant time, String activity, String image) implements Deed {
        @Override
        public String kind() {
            return "import";
        }
    }

    record Index(Instant time, String activity, String image, String inventory) implements Deed {
        @Override
        public String kind() {
            return "index";
        }

        @Override
        public Instant effective() {
            return time.minus(Chronicle.READING);
        }
    }

    record CheckIn(Instant time, String activity, String source, String version, String chain) implements Deed {
        @Override
        public String kind() {
            return "check-in";
        }
    }

    record Copy(Instant time, String activity, String source, String image, String kind) implements Deed {}

    record Deploy(Instant time, String activity, String image, String machine) implements Deed {
        @Override
        public String kind() {
            return "deployment";
        }
    }

    record Retire(Instant time, String activity, String machine) implements Deed {
        @Override
        public String kind() {
            return "retire";
        }
    }

    record State(Instant time, String activity, String image, String from, String to) implements Deed {
        @Override
        public String kind() {
            return switch (to.toLowerCase(Locale.ROOT)) {
                case "deprecated" -> "deprecate";
                case "revoked" -> "revoke";
                case "deleted" -> "delete";
                default -> "restore";
            };
        }
    }

    record Move(Instant time, String activity, String image, String chain) implements Deed {
        @Override
        public String kind() {
            return "move";
        }
    }

    record Promote(Instant time, String activity, String image, String channel) implements Deed {
        @Override
        public String kind() {
            return "promote";
        }
    }
}

package dev.stemma.graph.store;

import dev.stemma.graph.store.GraphException.Kind;
import java.util.Objects;
import org.neo4j.driver.exceptions.AuthenticationException;
import org.neo4j.driver.exceptions.DiscoveryException;
import org.neo4j.driver.exceptions.FatalDiscoveryException;
import org.neo4j.driver.exceptions.Neo4jException;
import org.neo4j.driver.exceptions.SecurityException;
import org.neo4j.driver.exceptions.ServiceUnavailableException;
import org.neo4j.driver.exceptions.SessionExpiredException;

/** Says what a failure of the driver means. The codes are those of Neo4j's status code reference. */
final class BoltFailure {

    private BoltFailure() {}

    static GraphException of(Neo4jException e, String where) {
        Kind kind = kind(e);
        String message = Objects.requireNonNullElse(e.getMessage(), e.code()).strip();
        return new GraphException(
                kind,
                switch (kind) {
                    case UNREACHABLE -> "the graph database does not answer (" + where + "): " + message;
                    case UNAUTHENTICATED ->
                        "the graph database does not accept the user and password (" + where + "): " + message;
                    case TIMEOUT -> "the query took longer than allowed: " + message;
                    case READ_ONLY -> "only reading is allowed here: " + message;
                    case INVALID, CONFLICT, TOO_MANY_ROWS, FAILED -> message;
                },
                e);
    }

    static Kind kind(Neo4jException e) {
        return switch (e) {
            case ServiceUnavailableException _, SessionExpiredException _ -> Kind.UNREACHABLE;
            case DiscoveryException _, FatalDiscoveryException _ -> Kind.UNREACHABLE;
            case AuthenticationException _ -> Kind.UNAUTHENTICATED;
            default -> byCode(Objects.requireNonNullElse(e.code(), ""), e);
        };
    }

    private static Kind byCode(String code, Neo4jException e) {
        return switch (code) {
            case "Neo.ClientError.Transaction.TransactionTimedOut",
                    "Neo.ClientError.Transaction.TransactionTimedOutClientConfiguration",
                    "Neo.TransientError.Transaction.LockAcquisitionTimeout" -> Kind.TIMEOUT;
            case "Neo.ClientError.Statement.AccessMode" -> Kind.READ_ONLY;
            case "Neo.ClientError.Schema.ConstraintValidationFailed" -> Kind.CONFLICT;
            case "Neo.ClientError.Security.Forbidden" -> Kind.READ_ONLY;
            default -> {
                if (e instanceof SecurityException) {
                    yield Kind.UNAUTHENTICATED;
                }
                yield code.startsWith("Neo.ClientError.Statement.") ? Kind.INVALID : Kind.FAILED;
            }
        };
    }
}

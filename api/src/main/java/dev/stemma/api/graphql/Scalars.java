package dev.stemma.api.graphql;

import graphql.GraphQLContext;
import graphql.execution.CoercedVariables;
import graphql.language.IntValue;
import graphql.language.StringValue;
import graphql.language.Value;
import graphql.schema.Coercing;
import graphql.schema.CoercingParseLiteralException;
import graphql.schema.CoercingParseValueException;
import graphql.schema.CoercingSerializeException;
import graphql.schema.GraphQLScalarType;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeParseException;
import java.util.Locale;

/** The two scalars that GraphQL lacks. */
final class Scalars {

    static final GraphQLScalarType LONG = GraphQLScalarType.newScalar()
            .name("Long")
            .coercing(new LongCoercing())
            .build();

    static final GraphQLScalarType DATE_TIME = GraphQLScalarType.newScalar()
            .name("DateTime")
            .coercing(new TimeCoercing())
            .build();

    private Scalars() {}

    private static final class LongCoercing implements Coercing<Long, Long> {
        @Override
        public Long serialize(Object value, GraphQLContext context, Locale locale) {
            if (value instanceof Number number) {
                return number.longValue();
            }
            throw new CoercingSerializeException("not a whole number");
        }

        @Override
        public Long parseValue(Object input, GraphQLContext context, Locale locale) {
            if (input instanceof Number number) {
                return number.longValue();
            }
            throw new CoercingParseValueException("not a whole number");
        }

        @Override
        public Long parseLiteral(Value<?> input, CoercedVariables variables, GraphQLContext context, Locale locale) {
            if (input instanceof IntValue literal && literal.getValue().bitLength() < 64) {
                return literal.getValue().longValue();
            }
            throw new CoercingParseLiteralException("not a whole number of 64 bits");
        }
    }

    private static final class TimeCoercing implements Coercing<Instant, String> {
        @Override
        public String serialize(Object value, GraphQLContext context, Locale locale) {
            return switch (value) {
                case ZonedDateTime time -> time.toInstant().toString();
                case Instant time -> time.toString();
                default -> throw new CoercingSerializeException("not a time");
            };
        }

        @Override
        public Instant parseValue(Object input, GraphQLContext context, Locale locale) {
            try {
                return Instant.parse(String.valueOf(input));
            } catch (DateTimeParseException e) {
                throw new CoercingParseValueException("not a time: write 2026-03-01T12:00:00Z", e);
            }
        }

        @Override
        public Instant parseLiteral(Value<?> input, CoercedVariables variables, GraphQLContext context, Locale locale) {
            if (input instanceof StringValue literal) {
                return parseValue(literal.getValue(), context, locale);
            }
            throw new CoercingParseLiteralException("not a time");
        }
    }
}

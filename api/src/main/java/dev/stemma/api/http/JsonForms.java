package dev.stemma.api.http;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonSerializer;
import com.fasterxml.jackson.databind.Module;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.module.SimpleModule;
import dev.stemma.graph.id.Digest;
import dev.stemma.graph.model.GuestName;
import dev.stemma.graph.model.GuestPath;
import dev.stemma.graph.model.Level;
import io.micronaut.context.annotation.Factory;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.util.function.Function;

/** How the words of the model look in JSON: a digest as hexadecimal, a guest's name escaped, a level as its word. */
@Factory
final class JsonForms {

    @Singleton
    Module modelModule() {
        SimpleModule module = new SimpleModule("stemma");
        module.addSerializer(Digest.class, text(Digest::hex));
        module.addSerializer(GuestName.class, text(GuestName::escaped));
        module.addSerializer(GuestPath.class, text(GuestPath::escaped));
        module.addSerializer(Level.class, text(Level::word));
        return module;
    }

    private static <T> JsonSerializer<T> text(Function<T, String> form) {
        return new JsonSerializer<>() {
            @Override
            public void serialize(T value, JsonGenerator json, SerializerProvider provider) throws IOException {
                json.writeString(form.apply(value));
            }
        };
    }
}

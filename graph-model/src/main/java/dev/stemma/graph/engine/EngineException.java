package dev.stemma.graph.engine;

/** The local graph database did not start or stop as it should. The message says why and what to do. */
public class EngineException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public EngineException(String message) {
        super(message);
    }

    public EngineException(String message, Throwable cause) {
        super(message, cause);
    }
}

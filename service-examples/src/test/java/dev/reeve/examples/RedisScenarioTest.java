package dev.reeve.examples;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;

/// redis, asked by redis-cli.
class RedisScenarioTest extends ServerScenarios {

    RedisScenarioTest() {
        super("redis");
    }

    @Override
    void assertThatItAnswers() {
        assertEquals(List.of("OK"), redis("SET", "greeting", "good day"));
        assertEquals(List.of("good day"), redis("GET", "greeting"));
    }

    private List<String> redis(String request, String... arguments) {
        List<String> words =
                new ArrayList<>(List.of("redis-cli", "-h", "127.0.0.1", "-p", Integer.toString(port()), request));
        words.addAll(List.of(arguments));
        return Command.run(words.toArray(String[]::new)).endsWith(0).lines();
    }
}

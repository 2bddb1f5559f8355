package dev.reeve.examples;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import java.util.List;

/// sshd, asked by ssh-keyscan for its key.
class SshdScenarioTest extends ServerScenarios {

    SshdScenarioTest() {
        super("sshd");
    }

    @Override
    void assertThatItAnswers() {
        List<String> key =
                Arrays.asList(read("data/keys/host_key.pub").split(" ")).subList(0, 2);
        Command scan =
                Command.run("ssh-keyscan", "-T", "20", "-t", "ed25519", "-p", Integer.toString(port()), "127.0.0.1");
        assertEquals(
                List.of("[127.0.0.1]:" + port() + " " + String.join(" ", key)),
                scan.endsWith(0).lines());
    }
}

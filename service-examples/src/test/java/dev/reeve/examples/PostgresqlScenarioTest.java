package dev.reeve.examples;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/// PostgreSQL, asked by psql.
class PostgresqlScenarioTest extends ServerScenarios {

    PostgresqlScenarioTest() {
        super("postgresql");
    }

    @Override
    void assertThatItAnswers() {
        assertEquals(List.of("1"), psql("select 1").endsWith(0).lines());
    }

    @Test
    void nobodyIsLetInWithoutThePassword() {
        psql("select 1", "guessed").endsWith(2);
    }

    @Test
    void whatItKnowsOutlivesIt() {
        psql("create table if not exists visitor (name text)").endsWith(0);
        psql("insert into visitor values ('reeve')").endsWith(0);

        reeve().run("restart", name(), "--wait").endsWith(0);

        assertEquals(
                List.of("reeve"),
                psql("select distinct name from visitor").endsWith(0).lines());
    }

    @Test
    void stoppedWhileItMakesItsClusterItLeavesNoProcessAndCanBeStarted() throws IOException {
        reeve().run("stop", name(), "--wait").endsWith(0);
        Files.move(path("data/cluster"), path("data/former"));
        reeve().run("start", name()).endsWith(0);
        Awaitility.await("initdb").until(() -> Files.exists(path("data/cluster/new/PG_VERSION")));

        reeve().run("stop", name(), "--wait").endsWith(0);

        processes().awaitNone();
        reeve().run("start", name(), "--wait", "--timeout", "60s").endsWith(0);
        assertThatItAnswers();
    }

    private Command psql(String statement) {
        return psql(statement, read("data/cluster/password"));
    }

    private Command psql(String statement, String password) {
        return Command.run(
                List.of(
                        "psql",
                        "--no-psqlrc",
                        "--tuples-only",
                        "--no-align",
                        "--no-password",
                        "--host=127.0.0.1",
                        "--port=" + port(),
                        "--username=" + owner(),
                        "--dbname=postgres",
                        "--command=" + statement),
                Map.of("PGPASSWORD", password));
    }

    /// The user that the server runs as.
    private String owner() {
        try {
            return Files.getOwner(path("data/cluster")).getName();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

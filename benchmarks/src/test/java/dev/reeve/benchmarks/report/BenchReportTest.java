package dev.reeve.benchmarks.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Document;

class BenchReportTest {
    private static final List<String> RUN = List.of(
            "{\"machine\":\"2 x \\\"AMD\\\"\",\"versions\":\"s6 2\",\"arguments\":\"--json x\","
                    + "\"day\":\"2026-01-02\"}",
            row("restart", "floor", 1_000, "us", 500),
            row("restart", "reeve", 1_000, "us", 600),
            row("PSS of supervising processes", "reeve", 1, "MiB", 40),
            row("PSS of supervising processes", "reeve", 1_000, "MiB", 44),
            row("start of all, from exec", "reeve", 1_000, "ms", 300),
            "{\"target\":\"restart\",\"bound\":\"<= 1.2 x floor\",\"supervisor\":\"reeve\","
                    + "\"value\":1.2,\"met\":true}",
            "{\"target\":\"first restart\",\"bound\":\"<= 2 x warm\",\"supervisor\":\"reeve\","
                    + "\"value\":3,\"met\":false}",
            "{\"missing\":\"everything, N = 1,000: s6\",\"why\":\"given up after 2:00 min\"}");

    private static String row(String scenario, String supervisor, int services, String unit, int median) {
        return """
                {"scenario":"%s","supervisor":"%s","n":%d,"unit":"%s","median":%d,"p99":%d,"p999":%d,\
                "max":%d,"samples":9,"distribution":[%d,410,450,%d,550,560,570,%d,%d,%d]}""".formatted(
                        scenario,
                        supervisor,
                        services,
                        unit,
                        median,
                        median + 100,
                        median + 200,
                        median + 300,
                        median - 10,
                        median,
                        median + 100,
                        median + 200,
                        median + 300);
    }

    @TempDir
    private Path directory;

    @Test
    void aPageTellsTheTargetsAndWhatWasMeasured() throws IOException {
        write();
        List<String> page = Files.readAllLines(directory.resolve("README.md"));

        assertTrue(page.contains("| restart | <= 1.2 x floor | 1.20 met |"), page::toString);
        assertTrue(page.contains("| first restart | <= 2 x warm | 3.00 **missed** |"), page::toString);
        assertTrue(page.contains("| restart, N = 1,000, us | 500 | 600 |"), page::toString);
        assertTrue(page.contains("| restart, N = 1,000 | reeve | 600 | 700 | 800 | 900 | 9 | 1.20 |"), page::toString);
        assertTrue(page.contains("- Missing: everything, N = 1,000: s6 (given up after 2:00 min)"), page::toString);
        assertTrue(page.contains("- Machine: 2 x \"AMD\""), page::toString);
    }

    @Test
    void plotsArePicturesThatRunNothingAndKnowTheDark() throws Exception {
        write();
        for (String plot : List.of("latency.svg", "memory.svg", "start.svg")) {
            Path file = directory.resolve(plot);
            Document picture =
                    DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(file.toFile());

            assertEquals("svg", picture.getDocumentElement().getTagName());
            assertEquals(0, picture.getElementsByTagName("script").getLength());
            String text = Files.readString(file);
            assertTrue(text.contains("prefers-color-scheme: dark"), plot);
            assertTrue(text.contains(">reeve<"), plot);
            assertFalse(text.contains("NaN"), plot);
        }
    }

    @Test
    void aPointLiesWhereItsValueIs() {
        assertEquals(50, Scale.linear(100, 0, 100).at(50), 1e-9);
        assertEquals(0, Scale.logarithmic(10, 1_000, 0, 100).at(10), 1e-9);
        assertEquals(50, Scale.logarithmic(10, 1_000, 0, 100).at(100), 1e-9);
        assertEquals(
                List.of(0.0, 20.0, 40.0, 60.0, 80.0, 100.0),
                Scale.linear(99, 0, 1).marks());
        assertEquals(
                List.of(10.0, 20.0, 50.0, 100.0),
                Scale.logarithmic(9, 150, 0, 1).marks());
    }

    private void write() throws IOException {
        BenchReport.write(Run.read(Files.write(directory.resolve("run.json"), RUN)), directory);
    }
}

package dev.reeve.daemon.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.reeve.daemon.config.ListenSettings.InternetAddress;
import dev.reeve.daemon.config.ListenSettings.SocketFile;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ListenSettingsReaderTest {
    private static final int ALL_THAT_MAY = ListenSettings.BACKLOG_MAX;

    @ParameterizedTest
    @CsvSource({
        "tcp:127.0.0.1:8080, STREAM, 127.0.0.1, 8080",
        "tcp:0.0.0.0:1, STREAM, 0.0.0.0, 1",
        "udp:10.1.2.3:65535, DATAGRAM, 10.1.2.3, 65535",
        "tcp:[::]:80, STREAM, ::, 80",
        "udp:[2001:db8::1]:53, DATAGRAM, 2001:db8::1, 53",
    })
    void anInternetAddressIsInFigures(String text, ListenSettings.Type type, String address, int port) {
        assertEquals(
                new ListenSettings("x", type, new InternetAddress(address, port, false, false), ALL_THAT_MAY),
                accepted(text + "\n"));
    }

    @ParameterizedTest
    @CsvSource({
        "unix:/run/x.sock, STREAM",
        "unix-dgram:/run/x.sock, DATAGRAM",
        "unix-seqpacket:/run/x.sock, SEQPACKET",
    })
    void aSocketFileIsItsOwnersAlone(String text, ListenSettings.Type type) {
        SocketFile file = new SocketFile("/run/x.sock", 0600, Optional.empty());
        assertEquals(new ListenSettings("x", type, file, ALL_THAT_MAY), accepted(text));
    }

    @Test
    void furtherLinesSayMore() {
        assertEquals(
                new ListenSettings("x", ListenSettings.Type.STREAM, new InternetAddress("::1", 80, true, true), 511),
                accepted("tcp:[::1]:80\nfreebind\nbacklog 511\nreuseport\n"));
        assertEquals(
                new ListenSettings(
                        "x",
                        ListenSettings.Type.STREAM,
                        new SocketFile("/x", 0660, Optional.of("root:www-data")),
                        ALL_THAT_MAY),
                accepted("unix:/x\nmode 0660\nowner root:www-data"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "8080",
                "tcp:8080",
                "tcp:localhost:8080",
                "tcp:127.0.0.1",
                "tcp:127.1:80",
                "tcp:::1:80",
                "tcp:[1.2.3.4]:80",
                "tcp:[fe80::1%eth0]:80",
                "tcp:127.0.0.1:0",
                "tcp:127.0.0.1:65536",
                "tcp:127.0.0.1:80 ",
                "sctp:127.0.0.1:80",
                "unix:relative",
                "unix:/run/",
                "unix:@abstract",
                "tcp:127.0.0.1:80\nmode 0660",
                "tcp:127.0.0.1:80\n\n",
                "tcp:127.0.0.1:80\nbacklog",
                "tcp:127.0.0.1:80\nbacklog many",
                "tcp:127.0.0.1:80\nbacklog 9999999999",
                "tcp:127.0.0.1:80\nbacklog 1\nbacklog 1",
                "tcp:127.0.0.1:80\nreuseport yes",
                "unix:/x\nfreebind",
                "unix:/x\nmode 1777",
                "unix:/x\nmode rw",
                "unix:/x\nowner a:b:c",
            })
    void whatIsNotUnderstoodIsRefused(String text) {
        List<Complaint> refusals = new ArrayList<>();
        assertEquals(List.of(), read(Map.of("listen/x", text), refusals));
        assertEquals(List.of("listen/x"), refusals.stream().map(Complaint::file).toList());
    }

    @Test
    void aRefusalSaysWhatWouldBeRight() {
        List<Complaint> refusals = new ArrayList<>();
        read(Map.of("listen/x", "tcp:localhost:80", "listen/y", "unix:/y\nfreebind\n"), refusals);
        assertEquals(
                List.of(
                        "listen/x: \"tcp:localhost:80\" is not an address such as tcp:127.0.0.1:8080, udp:[::1]:53 or"
                                + " unix:/run/x.sock (tcp, udp, unix, unix-dgram, unix-seqpacket; IP addresses in"
                                + " figures, no names)",
                        "listen/y: \"freebind\" is not a line that may follow this address, such as backlog 511,"
                                + " mode 0660, owner www-data:www-data"),
                refusals.stream().map(Complaint::toString).toList());
    }

    @Test
    void aPathThatNoSocketCanHaveIsRefused() {
        List<Complaint> refusals = new ArrayList<>();
        read(Map.of("listen/x", "unix:/" + "x".repeat(107)), refusals);
        assertTrue(refusals.getFirst().reason().contains("107 bytes"), refusals::toString);
        assertEquals(
                107,
                ((SocketFile) accepted("unix:/" + "x".repeat(106)).address())
                        .path()
                        .length());
    }

    @Test
    void socketsComeInTheOrderOfTheirNames() {
        Map<String, String> texts = Map.of("listen/b", "unix:/b", "listen/a", "unix:/a", "listen/B", "unix:/B");
        List<String> names = read(texts, new ArrayList<>()).stream()
                .map(ListenSettings::name)
                .toList();
        assertEquals(List.of("B", "a", "b"), names);
    }

    @Test
    void aNameThatCannotBeToldToTheServiceIsRefused() {
        for (String name : List.of("a:b", "a b", "ä")) {
            List<Complaint> refusals = new ArrayList<>();
            read(Map.of("listen/" + name, "unix:/x"), refusals);
            assertEquals(1, refusals.size(), name);
        }
    }

    @Test
    void moreThanSixtyFourSocketsAreRefused() {
        Map<String, String> texts = new HashMap<>();
        IntStream.range(0, 65).forEach(i -> texts.put("listen/" + i, "unix:/" + i));
        List<Complaint> refusals = new ArrayList<>();
        assertEquals(List.of(), read(texts, refusals));
        assertEquals(List.of(new Complaint("listen", "65 sockets are more than 64")), refusals);
    }

    private static ListenSettings accepted(String text) {
        List<Complaint> refusals = new ArrayList<>();
        List<ListenSettings> settings = read(Map.of("listen/x", text), refusals);
        assertEquals(List.of(), refusals);
        return settings.getFirst();
    }

    private static List<ListenSettings> read(Map<String, String> texts, List<Complaint> refusals) {
        return new ServiceFileReader(new ServiceFiles(Set.of("run", "listen"), texts), 1024).listenSettings(refusals);
    }
}

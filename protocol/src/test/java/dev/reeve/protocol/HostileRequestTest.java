package dev.reeve.protocol;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Whoever may open the socket may write anything.
class HostileRequestTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            ``                                              | 0 | expected an object, got nothing
            `   `                                           | 0 | expected an object, got nothing
            null                                            | 0 | expected an object, got null
            []                                              | 0 | expected an object, got an array
            7                                               | 0 | expected an object, got a number
            start redis                                     | 0 | not JSON at column
            {                                               | 0 | not JSON
            {}                                              | 0 | field "id" is missing
            {"id":1}                                        | 1 | field "op" is missing
            {"op":"status"}                                 | 0 | field "id" is missing
            {"id":"1","op":"status"}                        | 0 | id: expected a whole number, got a string
            {"id":null,"op":"status"}                       | 0 | id: expected a whole number, got null
            {"id":[[1]],"op":"status"}                      | 0 | id: expected a whole number, got an array
            {"id":1.0,"op":"status"} | 0 | id: expected a whole number, got a number with a fraction
            {"id":9223372036854775808,"op":"status"}        | 0 | id: expected a whole number of at most 64 bits
            {"id":1,"op":7}                                 | 1 | op: expected a string, got a number
            {"id":1,"op":"dance"}                           | 1 | unknown op "dance": known are start, stop, restart
            {"op":"dance","id":7}                           | 7 | unknown op "dance"
            {"op":{"a":{"b":1}},"id":7}                     | 7 | op: expected a string, got an object
            {"id":1,"op":"START","services":["a"]}          | 1 | unknown op "START"
            {"id":1,"id":2,"op":"status"}                   | 1 | field "id" twice
            {"id":1,"op":"status","op":"stop"}              | 1 | field "op" twice
            {"services":["a"],"services":["b"],"id":3}      | 3 | field "services" twice
            {"id":1,"op":"status","verbose":true} | 1 | unknown field "verbose": a request has id, op and services,
            {"x":{"y":[1,2]},"id":4,"op":"status"}          | 4 | unknown field "x"
            {"id":1,"op":"start"} | 1 | field "services" is missing: start takes at least one name
            {"id":1,"op":"stop","services":[]} | 1 | field "services" is missing: stop takes at least one name
            {"id":1,"op":"shutdown","services":["a"]}       | 1 | field "services" is too much: shutdown takes none
            {"id":1,"op":"start","services":"a"}            | 1 | services: expected an array of names, got a string
            {"op":"start","services":[["a"]],"id":5}        | 5 | services: expected names, got an array
            {"op":"start","services":[{"a":1},null],"id":5} | 5 | services: expected names, got an object
            {"id":1,"op":"start","services":["a",null]}     | 1 | services: expected names, got null
            {"id":1,"op":"start","services":[""]}           | 1 | services: a name is empty
            {"id":1,"op":"start","services":["\\ud800"]}    | 1 | services: a name is no Unicode text
            {"id":1,"op":"signal","services":["a"]}         | 1 | field "signal" is missing: a signal's name or number
            {"id":1,"op":"signal","signal":"HUP"}           | 1 | field "services" is missing: signal takes
            {"id":1,"op":"signal","signal":1}               | 1 | signal: expected a string, got a number
            {"id":1,"op":"signal","signal":""}              | 1 | signal: expected a signal's name or number
            {"id":1,"op":"signal","signal":"\\u001b[2J"}    | 1 | signal: expected a signal's name or number
            {"id":1,"op":"signal","signal":"\\ud800"}       | 1 | signal: expected a signal's name or number
            {"id":1,"op":"\\u202epots"}                     | 1 | unknown op "?pots"
            {"id":1,"op":"stop","signal":"HUP","services":["a"]} | 1 | field "signal" is too much: stop takes none
            {"id":1,"op":"signal","signal":"A","signal":"B"} | 1 | field "signal" twice
            {"id":1,"op":"start","services":["a"],"once":1} | 1 | once: expected true or false, got a number
            {"id":1,"op":"stop","services":["a"],"once":true} | 1 | field "once" is too much: stop takes none
            {"id":1,"op":"svc","services":["a"]}            | 1 | field "letters" is missing: letters of s6-svc
            {"id":1,"op":"svc","services":["a"],"letters":""} | 1 | letters: expected 1 to 63 letters of s6-svc
            {"id":1,"op":"svc","services":["a"],"letters":"u d"} | 1 | letters: expected 1 to 63 letters of s6-svc
            {"id":1,"op":"stop","letters":"d","services":["a"]} | 1 | field "letters" is too much: stop takes none
            {"id":1,"op":"debug"}                           | 1 | field "topic" is missing: one of threads, loop
            {"id":1,"op":"debug","topic":"weather"}         | 1 | unknown topic "weather": known are threads, loop
            {"id":1,"op":"debug","topic":["loop"]}          | 1 | topic: expected a string, got an array
            {"id":1,"op":"rescan","topic":"loop"}           | 1 | field "topic" is too much: rescan takes none
            {"id":1,"op":"shutdown","how":"soon"}           | 1 | unknown how "soon": known are exit, poweroff, reboot
            {"id":1,"op":"shutdown","how":1}                | 1 | how: expected a string, got a number
            {"id":1,"op":"shutdown","after-seconds":-1}     | 1 | after-seconds: expected 0 to 31536000, got -1
            {"id":1,"op":"shutdown","after-seconds":1.5}    | 1 | after-seconds: expected a whole number
            {"id":1,"op":"shutdown","grace-millis":300001}  | 1 | grace-millis: expected 0 to 300000, got 300001
            {"id":1,"op":"version","how":"reboot"}          | 1 | field "how" is too much: version takes none
            {"id":1,"op":"why"}                             | 1 | field "services" is missing: why takes
            {"id":1,"op":"status"}{"id":2,"op":"status"}    | 1 | expected one object a line, got more behind it
            {"id":1,"op":"status"                           | 1 | not JSON
            {"id":1,"op":"status",}                         | 1 | not JSON
            {"id":01,"op":"status"}                         | 0 | not JSON
            {'id':1,'op':'status'}                          | 0 | not JSON
            {"id":1,"x":[[[[[[1]]]]]]}                      | 1 | unknown field "x"
            """)
    void isRefusedWithWhatToWriteInstead(String line, long id, String reason) {
        Decoded.Bad bad = assertBad(line.getBytes(StandardCharsets.UTF_8));

        assertEquals(id, bad.id(), bad::reason);
        assertTrue(bad.reason().startsWith(reason), bad::reason);
    }

    @Test
    void onlyUtf8IsRead() {
        String request = "{\"id\":1,\"op\":\"status\"}";

        assertEquals("not UTF-8", assertBad(new byte[] {'"', (byte) 0xC3, '"'}).reason());
        assertBad(request.getBytes(StandardCharsets.UTF_16BE));
        assertBad(("\uFEFF" + request).getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void namesEndAt255Bytes() {
        assertInstanceOf(Decoded.Ok.class, decode(start("ä".repeat(127) + "a")));

        assertTrue(assertBad(start("ä".repeat(128)))
                .reason()
                .startsWith("services: a name is longer than 255 bytes: \"ää"));
    }

    @Test
    void namesEndAt4096() {
        String[] names = IntStream.range(0, 4_096).mapToObj(Integer::toString).toArray(String[]::new);
        assertInstanceOf(Decoded.Ok.class, decode(start(names)));

        names = IntStream.range(0, 4_097).mapToObj(Integer::toString).toArray(String[]::new);
        assertEquals(
                "services: more than 4096 names: ask in parts",
                assertBad(start(names)).reason());
    }

    @Test
    void linesEndAt64KibiBytes() {
        String request = "{\"id\":1,\"op\":\"status\"}";
        String longest = request + " ".repeat(ProtocolCodec.MAX_REQUEST_BYTES - request.length());
        assertInstanceOf(Decoded.Ok.class, decode(longest.getBytes(StandardCharsets.UTF_8)));

        Decoded.Bad bad = assertBad((longest + " ").getBytes(StandardCharsets.UTF_8));
        assertEquals("the line is longer than 65536 bytes: ask in parts", bad.reason());
    }

    @Test
    void theRefusalOfALongLineIsShort() {
        Decoded.Bad bad =
                assertBad(("{\"id\":1,\"op\":\"" + "x".repeat(60_000) + "\"}").getBytes(StandardCharsets.UTF_8));

        assertTrue(bad.reason().length() < 200, bad::reason);
    }

    private static byte[] start(String... names) {
        String quoted = List.of(names).stream().map(name -> '"' + name + '"').collect(Collectors.joining(","));
        return ("{\"id\":1,\"op\":\"start\",\"services\":[" + quoted + "]}").getBytes(StandardCharsets.UTF_8);
    }

    private static Decoded decode(byte[] line) {
        return ProtocolCodec.decodeRequest(line, 0, line.length);
    }

    private static Decoded.Bad assertBad(byte[] line) {
        return assertInstanceOf(Decoded.Bad.class, decode(line), new String(line, StandardCharsets.UTF_8));
    }
}

package dev.reeve.cli.s6;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.reeve.cli.s6.Options.Option;
import java.util.List;
import org.junit.jupiter.api.Test;

class OptionsTest {

    @Test
    void lettersMayStandBehindOneHyphen() throws Exception {
        assertEquals(
                new Options(List.of(new Option('u', ""), new Option('d', ""), new Option('u', "")), List.of("web")),
                read("-ud", "-u", "web"));
    }

    @Test
    void anArgumentIsTheRestOfTheWordOrTheNextWord() throws Exception {
        List<Option> given = List.of(new Option('w', "U"), new Option('u', ""));
        assertEquals(new Options(given, List.of("web")), read("-wU", "-u", "web"));
        assertEquals(new Options(given, List.of("web")), read("-w", "U", "-u", "web"));
        assertEquals(new Options(List.of(new Option('u', ""), new Option('w', "U")), List.of()), read("-uwU"));
        assertEquals(new Options(List.of(new Option('w', "-u")), List.of()), read("-w", "-u"));
    }

    @Test
    void optionsEndWithTheFirstOperand() throws Exception {
        assertEquals(new Options(List.of(), List.of("web", "-u")), read("web", "-u"));
        assertEquals(new Options(List.of(), List.of("-")), read("-"));
        assertEquals(new Options(List.of(), List.of("")), read(""));
    }

    @Test
    void twoHyphensEndThemToo() throws Exception {
        assertEquals(new Options(List.of(new Option('u', "")), List.of("-d", "--")), read("-u", "--", "-d", "--"));
    }

    @Test
    void whatIsNoOptionAndWhatLacksItsArgumentIsRefused() {
        assertThrows(Options.Unknown.class, () -> read("-x"));
        assertThrows(Options.Unknown.class, () -> read("-ux"));
        assertThrows(Options.Unknown.class, () -> read("-:"));
        assertThrows(Options.Unknown.class, () -> read("-u", "-w"));
        assertThrows(Options.Unknown.class, () -> read("--up"));
    }

    private static Options read(String... words) throws Options.Unknown {
        return Options.read(List.of(words), "udw:");
    }
}

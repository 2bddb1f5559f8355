package dev.reeve.protocol;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.reeve.protocol.Explanation.Asked;
import dev.reeve.protocol.Explanation.Next;
import dev.reeve.protocol.Explanation.Step;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/// The lines themselves, letter by letter: people type and read them, and programs of others rely on them.
class WireFormatTest {

    private static final ServiceStatus REDIS = new ServiceStatus(
            "redis",
            ServicePhase.BACKING_OFF,
            false,
            true,
            null,
            Instant.parse("2026-03-04T12:00:00Z"),
            new ServiceStatus.Exit.Signal("SIGKILL"),
            2,
            "ended too soon");

    @Test
    void aRequestNamesItsServicesOnlyIfThereAreAny() {
        assertLine(
                "{'id':1,'op':'start','services':['redis']}",
                ProtocolCodec.encode(new Request.Start(1, List.of("redis"))));
        assertLine(
                "{'id':3,'op':'start','services':['redis'],'once':true}",
                ProtocolCodec.encode(new Request.Start(3, List.of("redis"), true)));
        assertLine("{'id':2,'op':'status'}", ProtocolCodec.encode(new Request.Status(2, List.of())));
    }

    @Test
    void aServiceHasItsKeysInOrderAndItsTimeWithMilliseconds() {
        assertLine(
                "{'name':'redis','state':'backing-off','ready':false,'want':'up','pid':null,"
                        + "'since':'2026-03-04T12:00:00.000Z','exit':{'signal':'SIGKILL'},"
                        + "'restarts':2,'reason':'ended too soon'}",
                ProtocolCodec.encode(REDIS));
        assertLine(
                "{'name':'a','state':'up','ready':true,'want':'down','pid':9,"
                        + "'since':'1970-01-01T00:00:00.001Z','exit':null,'restarts':0}",
                ProtocolCodec.encode(new ServiceStatus(
                        "a", ServicePhase.UP, true, false, 9, Instant.ofEpochMilli(1), null, 0, null)));
        assertLine(
                "{'name':'a','state':'up','ready':true,'want':'up','pid':9,"
                        + "'since':'1970-01-01T00:00:00.001Z','exit':null,'restarts':0,'once':true,'paused':true}",
                ProtocolCodec.encode(new ServiceStatus(
                        "a",
                        ServicePhase.UP,
                        true,
                        true,
                        9,
                        Instant.ofEpochMilli(1),
                        null,
                        0,
                        null,
                        true,
                        true,
                        null)));
    }

    @Test
    void whatS6WouldTellHasExactTimes() {
        assertLine(
                "{'name':'a','state':'up','ready':true,'want':'up','pid':9,"
                        + "'since':'1970-01-01T00:00:00.001Z','exit':null,'restarts':0,"
                        + "'s6':{'changed':'1970-01-01T00:00:00.001000000Z',"
                        + "'ready-changed':'1970-01-01T00:00:02.000000003Z','ready':true}}",
                ProtocolCodec.encode(new ServiceStatus(
                        "a",
                        ServicePhase.UP,
                        true,
                        true,
                        9,
                        Instant.ofEpochMilli(1),
                        null,
                        0,
                        null,
                        false,
                        false,
                        new ServiceStatus.S6(Instant.ofEpochMilli(1), Instant.ofEpochSecond(2, 3), true))));
    }

    @Test
    void whatAServiceSaysOfItselfStandsAtTheEnd() {
        assertLine(
                "{'name':'a','state':'up','ready':true,'want':'up','pid':9,"
                        + "'since':'1970-01-01T00:00:00.000Z','exit':null,'restarts':0,"
                        + "'status':'serving 3 clients','reloading':true}",
                ProtocolCodec.encode(new ServiceStatus(
                        "a",
                        ServicePhase.UP,
                        true,
                        true,
                        9,
                        Instant.EPOCH,
                        null,
                        0,
                        null,
                        false,
                        false,
                        null,
                        "serving 3 clients",
                        true)));
    }

    @Test
    void repliesAndNoticesReadAsDocumented() {
        assertLine("{'id':1,'ok':true}", ProtocolCodec.encode(new Reply.Accepted(1)));
        assertLine(
                "{'id':1,'ok':true,'sequence':12,'services':[]}",
                ProtocolCodec.encode(new Reply.Services(1, 12, List.of())));
        assertLine(
                "{'id':1,'ok':true,'version':'0.1.0','pid':1,'protocol':1}",
                ProtocolCodec.encode(new Reply.Version(1, "0.1.0", 1, 1, null)));
        assertLine(
                "{'id':1,'ok':true,'version':'0.1.0','pid':1,'protocol':1,'scan-directory':'/etc/services'}",
                ProtocolCodec.encode(new Reply.Version(1, "0.1.0", 1, 1, "/etc/services")));
        assertLine("{'reeve':'0.1.0','pid':1,'protocol':1}", ProtocolCodec.encode(new Notice.Greeting("0.1.0", 1, 1)));
        assertLine("{'event':'goodbye','reason':'bye'}", ProtocolCodec.encode(new Notice.Goodbye("bye")));
    }

    @Test
    void anExplanationReadsAsDocumented() {
        ServiceStatus web =
                new ServiceStatus("web", ServicePhase.STOPPING, false, false, 7, Instant.EPOCH, null, 0, null);
        Explanation explanation = new Explanation(
                web,
                List.of(
                        new Asked("stop", Instant.EPOCH, 0, 0, 4711, "reeve stop web"),
                        new Asked("signal", Instant.EPOCH, 1000, 100, 0, null)),
                new Next(Step.KILL_AGAIN, Instant.EPOCH));

        assertLine(
                "{'service':{'name':'web','state':'stopping','ready':false,'want':'down','pid':7,"
                        + "'since':'1970-01-01T00:00:00.000Z','exit':null,'restarts':0},"
                        + "'requests':[{'op':'stop','at':'1970-01-01T00:00:00.000Z','uid':0,'gid':0,'pid':4711,"
                        + "'command':'reeve stop web'},"
                        + "{'op':'signal','at':'1970-01-01T00:00:00.000Z','uid':1000,'gid':100,'pid':0,"
                        + "'command':null}],"
                        + "'next':{'step':'kill-again','at':'1970-01-01T00:00:00.000Z'}}",
                ProtocolCodec.encode(explanation));
    }

    @Test
    void requestsWithAnArgumentCarryItBesideTheirServices() {
        assertLine(
                "{'id':1,'op':'signal','services':['web'],'signal':'HUP'}",
                ProtocolCodec.encode(new Request.Signal(1, "HUP", List.of("web"))));
        assertLine(
                "{'id':4,'op':'svc','services':['web'],'letters':'dx'}",
                ProtocolCodec.encode(new Request.Svc(4, "dx", List.of("web"))));
        assertLine("{'id':2,'op':'debug','topic':'loop'}", ProtocolCodec.encode(new Request.Debug(2, DebugTopic.LOOP)));
        assertLine("{'id':3,'op':'rescan'}", ProtocolCodec.encode(new Request.Rescan(3)));
    }

    @Test
    void aClientPassesOverWhatANewerDaemonAdds() {
        assertEquals(new Reply.Accepted(1), message("{'id':1,'ok':true,'mood':{'deep':[1,[2,[3,[4,[5,[6]]]]]]}}"));
        assertEquals(new DaemonMessage.Unknown("eclipse"), message("{'event':'eclipse','sun':false}"));
        assertEquals(
                new Reply.Refused(1, Reply.Refusal.BAD_REQUEST, "not today"),
                message("{'id':1,'ok':false,'error':'lazy','message':'not today'}"));
        Reply.Explanations newer = assertInstanceOf(
                Reply.Explanations.class,
                message("{'id':1,'ok':true,'explanations':[{'service':{'name':'a','state':'up'},'mood':[1],"
                        + "'requests':[{'op':'bless','uid':1,'aura':{}}],"
                        + "'next':{'step':'shine','at':null,'for':[]}}]}"));
        assertEquals(
                "bless", newer.explanations().getFirst().requests().getFirst().op());
        assertNull(newer.explanations().getFirst().next());
        assertInstanceOf(
                Notice.Changed.class,
                message("{'event':'changed','sequence':1,'service':{'name':'a','state':'up','shade':'blue'}}"));
    }

    @Test
    void whatNoDaemonSendsIsGarbled() {
        for (String line : List.of(
                "",
                "null",
                "[]",
                "SSH-2.0-OpenSSH",
                "{}",
                "{'id':1}",
                "{'id':1,'ok':true} {}",
                "{'event':'changed','sequence':1}",
                "{'event':'changed','service':{'name':'a'}}",
                "{'event':'changed','service':{'name':'a','state':'asleep'}}",
                "{'event':'changed','service':{'name':'a','state':'up','since':'yesterday'}}",
                "{'id':1,'ok':true,'explanations':[{}]}",
                "{'id':1,'ok':true,'figures':{'a':'b'}}",
                "{'id':1,'ok':true,'threads':[7]}",
                "{'id':1,'ok':true,'services':{}}")) {
            assertInstanceOf(DaemonMessage.Garbled.class, message(line), line);
        }
    }

    @Test
    void theVersionIsThatOfThePom() throws IOException {
        Path pom = Path.of(System.getProperty("reeve.home", ".."), "pom.xml");

        assertTrue(Files.readString(pom).contains("<version>" + ReeveVersion.CURRENT + "</version>\n  <packaging>pom"));
    }

    private static DaemonMessage message(String line) {
        byte[] bytes = line.replace('\'', '"').getBytes(StandardCharsets.UTF_8);
        return ProtocolCodec.decodeMessage(bytes, 0, bytes.length);
    }

    private static void assertLine(String expected, byte[] line) {
        assertEquals(expected.replace('\'', '"') + "\n", new String(line, StandardCharsets.UTF_8));
    }
}

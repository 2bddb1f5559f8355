package dev.reeve.daemon;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.belongToAnyOf;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.type;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static java.util.Map.entry;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import dev.reeve.bridge.Kernel;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// The arrows of the house: who may use whom, docs/ARCHITECTURE.md.
class ArchitectureTest {
    private static final String DAEMON = "dev.reeve.daemon";
    private static final String BRIDGE = "dev.reeve.bridge";
    private static final String PROTOCOL = "dev.reeve.protocol";

    private static final JavaClasses REEVE = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("dev.reeve");

    /// What each package of the daemon may use besides itself and the JDK. The root package joins the parts and may use
    /// all of them.
    private static final Map<String, List<String>> ARROWS = Map.ofEntries(
            entry("service", List.of()),
            entry("fleet", daemons("service")),
            entry("life", daemons("service", "fleet")),
            entry("config", daemons("service")),
            entry("log", List.of()),
            entry("notify", List.of()),
            entry("process", and(daemons("service", "config", "log", "notify"), BRIDGE)),
            entry("reactor", and(daemons("service", "fleet", "life", "process", "log"), BRIDGE)),
            entry("control", and(daemons("service", "fleet", "life", "reactor", "log"), BRIDGE, PROTOCOL)),
            entry("s6", and(daemons("service", "fleet", "process", "reactor", "log"), BRIDGE)),
            entry("boot", and(daemons("log", "catchall"), BRIDGE)),
            entry("catchall", and(daemons("log"), BRIDGE)));

    /// Those that only decide: no I/O, clock, thread or randomness.
    private static final String[] PURE = {
        DAEMON + ".service", DAEMON + ".fleet", DAEMON + ".life", DAEMON + ".config", DAEMON + ".notify"
    };

    @Test
    void eachPackageOfTheDaemonUsesOnlyWhatItsArrowsPointTo() {
        ARROWS.forEach((name, targets) -> {
            String self = DAEMON + "." + name;
            String[] allowed = Stream.concat(Stream.of(self), targets.stream()).toArray(String[]::new);
            noClasses()
                    .that()
                    .resideInAPackage(self)
                    .should()
                    .dependOnClassesThat(resideInAPackage("dev.reeve..").and(not(resideInAnyPackage(allowed))))
                    .allowEmptyShould(true)
                    .check(REEVE);
        });
    }

    @Test
    void everyPackageOfTheDaemonHasItsArrows() {
        Set<String> packages = REEVE.stream()
                .map(JavaClass::getPackageName)
                .filter(name -> name.startsWith(DAEMON + "."))
                .map(name -> name.substring(DAEMON.length() + 1))
                .collect(Collectors.toCollection(TreeSet::new));
        packages.removeAll(ARROWS.keySet());
        assertEquals(Set.of(), packages, "say in ARROWS, and in docs/ARCHITECTURE.md, what these may use");
    }

    @Test
    void thereAreNoCycles() {
        slices().matching(DAEMON + ".(*)..").should().beFreeOfCycles().check(REEVE);
    }

    @Test
    void whatOnlyDecidesKnowsNoInputOutputClockThreadOrRandomness() {
        classes()
                .that()
                .resideInAnyPackage(PURE)
                .should()
                .onlyDependOnClassesThat(resideInAnyPackage(PURE)
                        .or(resideInAnyPackage(
                                "java.lang",
                                "java.lang.runtime",
                                "java.lang.invoke",
                                "java.nio.charset",
                                "java.util",
                                "java.util.function",
                                "java.util.stream",
                                "org.jspecify.annotations"))
                        .or(type(Duration.class)))
                .andShould()
                .onlyDependOnClassesThat(not(belongToAnyOf(
                        System.class,
                        Runtime.class,
                        Thread.class,
                        ThreadLocal.class,
                        Process.class,
                        ProcessBuilder.class,
                        Random.class,
                        UUID.class,
                        java.util.Timer.class,
                        java.util.Scanner.class,
                        java.util.Date.class)))
                .check(REEVE);
        noClasses()
                .that()
                .resideInAnyPackage(PURE)
                .should()
                .callMethod(Math.class, "random")
                .check(REEVE);
    }

    /// The loop waits for no disk, DESIGN "The house".
    @Test
    void onlyErrandsCallWhatMayBlock() {
        noClasses()
                .that()
                .resideInAnyPackage(DAEMON + ".process", DAEMON + ".reactor", DAEMON + ".control", DAEMON + ".s6")
                .and()
                .haveSimpleNameNotEndingWith("Errand")
                // What errands are made of.
                .and(not(belongToAnyOf(Stream.of(
                                "process.SpawnedProcess",
                                "process.DirectoryReader",
                                "process.DescriptorLimit",
                                "process.Launch",
                                "process.NotifySockets",
                                "process.ServiceLock",
                                "process.SocketOpening",
                                "process.DeathTallySetting",
                                "s6.SuperviseDirectory",
                                "s6.SvscanDirectory",
                                "s6.DeathTally",
                                "s6.EventDirectory")
                        .map(name -> REEVE.get(DAEMON + "." + name).reflect())
                        .toArray(Class<?>[]::new))))
                .should()
                .accessTargetWhere(callToKernel(
                        "spawn",
                        "openDirectory",
                        "openDirectoryAt",
                        "listDirectory",
                        "statusAt",
                        "readFileAt",
                        "makeDirectoryAt",
                        "openLockedAt",
                        "bindDatagramSocket",
                        "findAccount",
                        "findGroup",
                        "openSocket",
                        "setOomScore",
                        "makeFifoAt",
                        "openFifoAt",
                        "writeFifoAt",
                        "setDirectoryModeAt",
                        "readLinkAt",
                        "replaceFileAt",
                        "removeFileAt"))
                .check(REEVE);
    }

    @Test
    void onlyTheBridgeKnowsJnr() {
        noClasses()
                .that()
                .resideOutsideOfPackage(BRIDGE)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("jnr..", "com.kenai..")
                .check(REEVE);
    }

    @Test
    void onlyTheBridgeAndControlKnowNetty() {
        noClasses()
                .that()
                .resideOutsideOfPackages(BRIDGE, DAEMON + ".control")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("io.netty..")
                .check(REEVE);
    }

    @Test
    void bridgeAndProtocolKnowNobodyElse() {
        for (String name : List.of(BRIDGE, PROTOCOL)) {
            noClasses()
                    .that()
                    .resideInAPackage(name)
                    .should()
                    .dependOnClassesThat(resideInAPackage("dev.reeve..").and(not(resideInAPackage(name))))
                    .check(REEVE);
        }
    }

    private static DescribedPredicate<JavaAccess<?>> callToKernel(String... methods) {
        Set<String> names = Set.of(methods);
        return DescribedPredicate.describe(
                "the Kernel's " + names,
                access -> access.getTargetOwner().isAssignableTo(Kernel.class)
                        && names.contains(access.getTarget().getName()));
    }

    private static List<String> daemons(String... names) {
        return Stream.of(names).map(name -> DAEMON + "." + name).toList();
    }

    private static List<String> and(List<String> some, String... more) {
        return Stream.concat(some.stream(), Stream.of(more)).toList();
    }
}

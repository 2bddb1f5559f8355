package dev.reeve.cli;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

/// What the client may use, docs/ARCHITECTURE.md.
class ArchitectureTest {
    private static final JavaClasses CLIENT = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("dev.reeve.cli");

    @Test
    void theClientUsesTheProtocolPicocliAndTheJdk() {
        classes()
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(
                        "dev.reeve.cli..", "dev.reeve.protocol", "picocli", "java..", "org.jspecify.annotations")
                .check(CLIENT);
    }

    @Test
    void itsPackagesPointInOneDirection() {
        mayUse("dev.reeve.cli.outside", "dev.reeve.cli.outside");
        mayUse("dev.reeve.cli.machine", "dev.reeve.cli.machine", "dev.reeve.cli.outside");
        mayUse("dev.reeve.cli.s6", "dev.reeve.cli.s6", "dev.reeve.cli.outside");
    }

    private static void mayUse(String from, String... clientPackages) {
        noClasses()
                .that()
                .resideInAPackage(from)
                .should()
                .dependOnClassesThat(resideInAPackage("dev.reeve.cli..")
                        .and(not(resideInAnyPackage(clientPackages)))
                        .or(resideInAPackage("picocli..")))
                .check(CLIENT);
    }

    @Test
    void twoClassesCallWhatTheJdkHasNoCallFor() {
        noClasses()
                .that()
                .doNotBelongToAnyOf(OutputWatch.class, Terminals.class)
                .should()
                .dependOnClassesThat()
                .resideInAPackage("java.lang.foreign")
                .check(CLIENT);
    }
}

package org.migreg;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchRule;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.migreg.architecture.ArchitectureRules;

/** The service keeps the rules of the house, and every rule catches code that was planted to break it. */
class ArchitectureTests {

    private static final String PLANTED = "org.migreg.architecture.planted.";

    @Test
    void theServiceIsSeenByTheRules() {
        assertThat(service()).extracting(JavaClass::getName).contains(MigregApplication.class.getName());
    }

    @TestFactory
    Stream<DynamicTest> theServiceKeeps() {
        JavaClasses service = service();
        return new ArchitectureRules("org.migreg")
                .all().stream().map(rule -> DynamicTest.dynamicTest(rule.getDescription(), () -> rule.check(service)));
    }

    @TestFactory
    Stream<DynamicTest> aHouseInOrderKeeps() {
        JavaClasses inOrder = planted("inorder");
        return new ArchitectureRules(PLANTED + "inorder")
                .all().stream().map(rule -> DynamicTest.dynamicTest(rule.getDescription(), () -> rule.check(inOrder)));
    }

    @ParameterizedTest(name = "{0}: {2}")
    @MethodSource
    void aPlantedViolationIsCaught(String planted, Function<ArchitectureRules, ArchRule> rule, List<String> culprits) {
        List<String> violations = rule.apply(new ArchitectureRules(PLANTED + planted))
                .evaluate(planted(planted))
                .getFailureReport()
                .getDetails();

        assertThat(culprits)
                .allSatisfy(culprit -> assertThat(violations)
                        .anySatisfy(violation -> assertThat(violation).contains(PLANTED + planted + "." + culprit)));
    }

    static Stream<Arguments> aPlantedViolationIsCaught() {
        return Stream.of(
                violation("unranked", ArchitectureRules::everyTopLevelPackageHasARank, "helpers.Unranked"),
                violation("upward", ArchitectureRules::dependenciesPointToARoomBelow, "register.Upward"),
                violation("sideways", ArchitectureRules::dependenciesPointToARoomBelow, "register.Sideways"),
                violation(
                        "evaluationseescapture",
                        ArchitectureRules::dependenciesPointToARoomBelow,
                        "evaluation.SeesCapture"),
                violation(
                        "clitostore",
                        ArchitectureRules::dependenciesPointToARoomBelow,
                        "cli.SeesStore",
                        "cli.SeesRevision"),
                violation(
                        "contractupward",
                        ArchitectureRules::dependenciesPointToARoomBelow,
                        "contract.SeesRegistry",
                        "contract.SeesRevision"),
                violation("questiontostore", ArchitectureRules::dependenciesPointToARoomBelow, "question.SeesStore"),
                violation(
                        "registrytocontract",
                        ArchitectureRules::dependenciesPointToARoomBelow,
                        "registry.SeesContract"),
                violation("webtoapi", ArchitectureRules::dependenciesPointToARoomBelow, "web.SeesApi"),
                violation(
                        "cycle",
                        ArchitectureRules::subPackagesAreFreeOfCycles,
                        "policystore.one.First",
                        "policystore.two.Second"),
                violation(
                        "sectioncycle",
                        ArchitectureRules::sectionsOfARoomAreFreeOfCycles,
                        "dashboard.badge.Badge",
                        "dashboard.matrix.drawing.Drawing"),
                violation(
                        "formats",
                        ArchitectureRules::formatsAreBlindToEachOther,
                        "format.json.SeesYaml",
                        "format.packed.SeesYaml"),
                violation("springinformat", ArchitectureRules::formatsKnowNoSpring, "format.json.SeesSpring"),
                violation(
                        "impure",
                        ArchitectureRules::pureRoomsUseOnlyWhatIsAllowed,
                        "register.Annotated",
                        "qemu.OtherModule",
                        "policy.VersionLibrary",
                        "evaluation.OwnUpperRoom",
                        "format.SeesDatabase",
                        "question.SeesJson"),
                violation(
                        "jpaeverywhere",
                        ArchitectureRules::onlyRevisionsAndStoresSeeJpa,
                        "contract.SeesJpa",
                        "api.SeesSpringData"),
                violation("publicentity", ArchitectureRules::entitiesAreNotPublic, "policystore.PublicEntity"),
                violation(
                        "shownentity",
                        ArchitectureRules::storesShowNoEntity,
                        "policystore.PolicyStore.tables",
                        "policystore.PolicyStore.save",
                        "policystore.PolicyStore.newest",
                        "policystore.Tables"));
    }

    private static Arguments violation(String planted, Function<ArchitectureRules, ArchRule> rule, String... culprits) {
        return Arguments.of(planted, rule, List.of(culprits));
    }

    private static JavaClasses service() {
        return new ClassFileImporter()
                .importUrl(MigregApplication.class
                        .getProtectionDomain()
                        .getCodeSource()
                        .getLocation());
    }

    private static JavaClasses planted(String name) {
        return new ClassFileImporter().importPackages(PLANTED + name);
    }
}

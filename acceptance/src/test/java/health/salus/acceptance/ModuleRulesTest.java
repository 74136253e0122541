package health.salus.acceptance;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** Rules between modules that their POMs can't say, or that somebody might change there without a thought. */
@AnalyzeClasses(
        packages = "health.salus",
        importOptions = {ImportOption.DoNotIncludeTests.class})
class ModuleRulesTest {
    @ArchTest
    static final ArchRule ONLY_THE_LEDGER_KNOWS_ROCKSDB = noClasses()
            .that()
            .resideOutsideOfPackage("health.salus.ledger..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("org.rocksdb..")
            .because("storage is the ledger's own business");

    @ArchTest
    static final ArchRule ONLY_THE_RAFT_ORDERING_KNOWS_RATIS = noClasses()
            .that()
            .resideOutsideOfPackage("health.salus.ordering.raft..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("org.apache.ratis..")
            .because("another ordering can take its place");

    @ArchTest
    static final ArchRule AN_ORDERING_KNOWS_THE_LEDGER_AND_NO_HEALTH = noClasses()
            .that()
            .resideInAPackage("health.salus.ordering..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "health.salus.contracts..",
                    "health.salus.fhir..",
                    "health.salus.fhirserver..",
                    "health.salus.node..",
                    "health.salus.cli..",
                    "org.springframework..",
                    "ca.uhn..",
                    "org.hl7..");

    @ArchTest
    static final ArchRule CONTRACTS_KNOW_NO_FRAMEWORK_AND_NO_STORAGE = noClasses()
            .that()
            .resideInAPackage("health.salus.contracts..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "org.springframework..",
                    "ca.uhn..",
                    "org.hl7..",
                    "org.rocksdb..",
                    "java.sql..",
                    "java.nio.file..",
                    "java.net.http..",
                    "health.salus.ledger.state..")
            .because("contracts are pure functions of state, transaction and block time");

    @ArchTest
    static final ArchRule CONTRACTS_SEE_NO_CLOCK = noClasses()
            .that()
            .resideInAPackage("health.salus.contracts..")
            .should()
            .callMethod(System.class, "currentTimeMillis")
            .orShould()
            .callMethod(java.time.Instant.class, "now")
            .orShould()
            .callMethod(Math.class, "random")
            .because("replaying the log gives the same state on every machine, whenever that is");

    @ArchTest
    static final ArchRule FOUNDATION_KNOWS_NOTHING_ELSE_OF_OURS = noClasses()
            .that()
            .resideInAPackage("health.salus.foundation..")
            .should()
            .dependOnClassesThat(com.tngtech.archunit.base.DescribedPredicate.describe(
                    "are of other modules",
                    type -> type.getPackageName().startsWith("health.salus")
                            && !type.getPackageName().startsWith("health.salus.foundation")));

    @ArchTest
    static final ArchRule TLOG_AND_IDENTITY_KNOW_NO_LEDGER_AND_NO_HEALTH = noClasses()
            .that()
            .resideInAnyPackage("health.salus.tlog..", "health.salus.identity..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "health.salus.ledger..",
                    "health.salus.contracts..",
                    "health.salus.fhir..",
                    "health.salus.fhirserver..",
                    "health.salus.node..",
                    "health.salus.cli..",
                    "org.springframework..",
                    "ca.uhn..",
                    "org.hl7..");

    @ArchTest
    static final ArchRule THE_LEDGER_KNOWS_NO_HEALTH = noClasses()
            .that()
            .resideInAPackage("health.salus.ledger..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "health.salus.contracts..",
                    "health.salus.fhir..",
                    "health.salus.fhirserver..",
                    "health.salus.node..",
                    "health.salus.cli..",
                    "org.springframework..",
                    "ca.uhn..",
                    "org.hl7..");

    @ArchTest
    static final ArchRule NOBODY_DEPENDS_ON_THE_COMMAND_LINE = noClasses()
            .that()
            .resideOutsideOfPackages("health.salus.cli..", "health.salus.bench..", "health.salus.acceptance..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("health.salus.cli..");

    @ArchTest
    static final ArchRule ONLY_THE_FHIR_SERVER_KNOWS_HAPI_JPA = noClasses()
            .that()
            .resideOutsideOfPackage("health.salus.fhirserver..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("ca.uhn.fhir.jpa..")
            .because("the embedded server can be replaced by any other");

    @ArchTest
    static final ArchRule WHAT_IS_RANDOM_CAN_NOT_BE_FORESEEN = noClasses()
            .that()
            .resideOutsideOfPackage("health.salus.bench..")
            .and()
            .doNotHaveSimpleName("Flights") // numbers batches in the memory of one process
            .should()
            .dependOnClassesThat()
            .haveNameMatching("java\\.util\\.(?:Random|SplittableRandom|concurrent\\.ThreadLocalRandom)")
            .orShould()
            .callMethod(Math.class, "random")
            .because("ids, salts and challenges come from SecureRandom");

    @ArchTest
    static final ArchRule NOBODY_READS_JAVA_OBJECTS = noClasses()
            .should()
            .dependOnClassesThat()
            .haveFullyQualifiedName("java.io.ObjectInputStream")
            .because("formats of our own have closed schemas");
}

package io.spoor.app;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noFields;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.library.GeneralCodingRules;
import java.time.Clock;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/** The arrows between the modules, and the rules that hold for all code of Spoor. */
class ArchitectureTest {
    /** Which modules a module may use, beside itself. */
    private static final Map<String, Set<String>> ARROWS = Map.of(
            "model", Set.of(),
            "runtime", Set.of("model"),
            "ingest", Set.of("model", "runtime"),
            "enrich", Set.of("model", "runtime"),
            "aggregate", Set.of("model", "runtime"),
            "query", Set.of("model", "runtime", "aggregate"));

    @SuppressWarnings("UnusedVariable") // by @FieldSource
    private static final Set<String> MODULES = ARROWS.keySet();

    private static final JavaClasses SPOOR = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("io.spoor");

    @ParameterizedTest
    @FieldSource("MODULES")
    void a_module_uses_only_what_is_below_it(String module) {
        check(noClasses()
                .that()
                .resideInAPackage(in(module))
                .should()
                .dependOnClassesThat(DescribedPredicate.describe(
                        "belong to another module than " + ARROWS.get(module),
                        used -> used.getPackageName().startsWith("io.spoor.")
                                && !used.getPackageName()
                                        .matches("io\\.spoor\\.(" + module + "|" + String.join("|", ARROWS.get(module))
                                                + ")(\\..*)?"))));
    }

    @Test
    void the_time_comes_from_outside() {
        check(noClasses()
                .that()
                .resideOutsideOfPackages(in("app"), in("bench"))
                .should()
                .callMethod(System.class, "currentTimeMillis")
                .orShould()
                .callMethod(Instant.class, "now")
                .orShould()
                .callMethod(InstantSource.class, "system")
                .orShould()
                .callMethod(Clock.class, "systemUTC")
                .orShould()
                .callMethod(Clock.class, "systemDefaultZone"));
    }

    @Test
    void the_vocabulary_knows_neither_Kafka_nor_HTTP() {
        check(noClasses()
                .that()
                .resideInAPackage(in("model"))
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("org.apache.kafka..", "io.javalin..", "jakarta.servlet.."));
    }

    @Test
    void what_handles_HTTP_holds_no_Kafka_types() {
        check(noClasses()
                .that(DescribedPredicate.describe("implement an HTTP handler", ArchitectureTest::isHttpHandler))
                .should()
                .dependOnClassesThat()
                .resideInAPackage("org.apache.kafka.."));
    }

    @Test
    void stdout_and_stderr_belong_to_the_command() {
        check(noClasses()
                .that()
                .resideOutsideOfPackages(in("app"), in("bench"))
                .should(GeneralCodingRules.ACCESS_STANDARD_STREAMS));
    }

    @Test
    void logging_goes_through_slf4j() {
        check(GeneralCodingRules.NO_CLASSES_SHOULD_USE_JAVA_UTIL_LOGGING);
        check(noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("org.apache.logging.log4j..", "org.apache.commons.logging.."));
    }

    @Test
    void Optional_is_an_answer_and_never_a_field() {
        check(noFields().should().haveRawType(Optional.class));
    }

    @Test
    void only_the_broker_package_touches_the_Kafka_server() {
        check(noClasses()
                .that()
                .resideOutsideOfPackage("io.spoor.app.broker")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("kafka..", "org.apache.kafka.metadata..", "org.apache.kafka.server.."));
    }

    @Test
    void no_room_is_called_util_or_the_like() {
        check(classes()
                .should()
                .resideOutsideOfPackages(
                        "..util..", "..utils..", "..common..", "..impl..", "..helper..", "..helpers.."));
    }

    private static String in(String module) {
        return "io.spoor." + module + "..";
    }

    private static boolean isHttpHandler(JavaClass type) {
        return type.getAllRawInterfaces().stream().anyMatch(i -> i.getName().equals("io.javalin.http.Handler"))
                || type.getMethods().stream()
                        .anyMatch(method -> method.getRawParameterTypes().stream()
                                .anyMatch(p -> p.getName().equals("io.javalin.http.Context")));
    }

    private static void check(ArchRule rule) {
        rule.check(SPOOR);
    }
}

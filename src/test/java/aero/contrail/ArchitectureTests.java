package aero.contrail;

import static com.tngtech.archunit.core.domain.JavaCall.Predicates.target;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.assignableTo;
import static com.tngtech.archunit.core.domain.properties.HasOwner.Predicates.With.owner;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.constructors;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noFields;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import aero.contrail.eventlog.EventHandler;
import aero.contrail.events.LoyaltyEvent;
import aero.contrail.events.OrderEvent;
import aero.contrail.events.ReservationEvent;
import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.domain.properties.CanBeAnnotated;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.modulith.core.ApplicationModules;
import org.springframework.transaction.annotation.Transactional;

/** The walls, each one sentence. */
class ArchitectureTests {

  private static final JavaClasses CODE =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages("aero.contrail");

  private static final String[] CONTEXTS = {
    "aero.contrail.shopping..",
    "aero.contrail.order..",
    "aero.contrail.reservation..",
    "aero.contrail.loyalty.."
  };

  /** More will follow: a context is split by subject as soon as it outgrows one package. */
  private static final List<String> MODULES_WITH_SUBJECTS =
      List.of("eventlog", "order", "reservation", "loyalty", "shopping");

  @Nested
  class Modules {

    @Test
    void dependOnlyOnWhatTheyDeclareWithoutCycles() {
      ApplicationModules.of(Contrail.class).verify();
    }

    /** What is inside of a module is its own business, however deep. */
    @Test
    void nothingOutsideDependsOnTheInsideOfAModule() {
      for (var module : MODULES_WITH_SUBJECTS) {
        noClasses()
            .that()
            .resideOutsideOfPackage("aero.contrail." + module + "..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("aero.contrail." + module + ".*..")
            .because("only what a module states in its own package is for others")
            .check(CODE);
      }
    }

    @Test
    void theSubjectsOfAModuleDependOneWay() {
      for (var module : MODULES_WITH_SUBJECTS) {
        slices()
            .matching("aero.contrail." + module + ".(*)..")
            .should()
            .beFreeOfCycles()
            .allowEmptyShould(true)
            .because("a subject is understood without those that build on it")
            .check(CODE);
      }
    }

    @Test
    void whatNoOtherSubjectUsesIsNotPublic() {
      classes()
          .that()
          .resideInAnyPackage(CONTEXTS)
          .or()
          .resideInAPackage("aero.contrail.eventlog.*..")
          .and()
          .areTopLevelClasses()
          .and()
          .arePublic()
          .should(beUsedFromAnotherPackage())
          .because("what is public is soon called by others")
          .check(CODE);
    }

    private static ArchCondition<JavaClass> beUsedFromAnotherPackage() {
      return new ArchCondition<>("be used from another package") {
        @Override
        public void check(JavaClass type, ConditionEvents events) {
          var used =
              type.getDirectDependenciesToSelf().stream()
                  .anyMatch(d -> !d.getOriginClass().getPackage().equals(type.getPackage()));
          events.add(new SimpleConditionEvent(type, used, type.getName() + " is public"));
        }
      };
    }

    @Test
    void contextsDoNotKnowEachOther() {
      for (var context : CONTEXTS) {
        for (var other : CONTEXTS) {
          if (!context.equals(other)) {
            noClasses()
                .that()
                .resideInAPackage(context)
                .should()
                .dependOnClassesThat()
                .resideInAPackage(other)
                .because("they talk through published events alone")
                .check(CODE);
          }
        }
      }
    }

    @Test
    void theLanguageDependsOnNothingOfOurs() {
      noClasses()
          .that()
          .resideInAPackage("aero.contrail.events")
          .should()
          .dependOnClassesThat(
              JavaClass.Predicates.resideInAPackage("aero.contrail..")
                  .and(JavaClass.Predicates.resideOutsideOfPackage("aero.contrail.events")))
          .because("everybody depends on it")
          .check(CODE);
    }
  }

  @Nested
  class Facts {

    @Test
    void ofOrdersAreStatedByOrderAlone() {
      onlyOwnerStates(OrderEvent.class, "aero.contrail.order..");
    }

    @Test
    void ofReservationsAreStatedByReservationAlone() {
      onlyOwnerStates(ReservationEvent.class, "aero.contrail.reservation..");
    }

    @Test
    void ofMembersAreStatedByLoyaltyAlone() {
      onlyOwnerStates(LoyaltyEvent.class, "aero.contrail.loyalty..");
    }

    private static void onlyOwnerStates(Class<?> family, String owner) {
      noClasses()
          .that()
          .resideOutsideOfPackage(owner)
          .should()
          .callConstructorWhere(target(owner(assignableTo(family))))
          .because("a history is written by its owner alone; the log revives it by reflection")
          .check(CODE);
    }
  }

  @Nested
  class Rules {

    @Test
    void arePure() {
      classes()
          .that()
          .haveSimpleNameEndingWith("Decider")
          .or()
          .haveSimpleNameEndingWith("Rules")
          .or()
          .haveSimpleNameEndingWith("State")
          .or()
          .haveSimpleNameEndingWith("Command")
          .or()
          .haveSimpleNameEndingWith("Evolution")
          .should()
          .onlyDependOnClassesThat(
              JavaClass.Predicates.resideOutsideOfPackages(
                      "org.springframework..", "java.sql..", "javax.sql..", "jakarta..")
                  .and(DescribedPredicate.not(assignableTo(Clock.class))))
          .because("rules know no Spring, no SQL and no clock")
          .check(CODE);
    }

    @Test
    void timeComesFromTheInjectedClock() {
      noClasses()
          .that()
          .doNotHaveSimpleName("SandboxClock")
          .should()
          .callMethod(Instant.class, "now")
          .orShould()
          .callMethod(LocalDate.class, "now")
          .orShould()
          .callMethod(LocalDateTime.class, "now")
          .orShould()
          .callMethod(System.class, "currentTimeMillis")
          .because("time is an argument, or comes from the clock that tests can move")
          .check(CODE);
    }
  }

  @Nested
  class Handlers {

    @Test
    void haveAnIdTakeEventsAndReturnNothing() {
      methods()
          .that()
          .areAnnotatedWith(EventHandler.class)
          .should()
          .haveNameMatching("on([A-Z].*)?")
          .andShould()
          .haveRawReturnType(void.class)
          .andShould(haveAStableId())
          .because("the id names stored progress")
          .check(CODE);
    }

    @Test
    void joinTheTransactionOfTheDispatcher() {
      noClasses()
          .that()
          .containAnyMethodsThat(CanBeAnnotated.Predicates.annotatedWith(EventHandler.class))
          .should()
          .dependOnClassesThat()
          .areAssignableTo(Transactional.class)
          .because("effects, published events and progress commit together")
          .check(CODE);
    }

    private static ArchCondition<JavaMethod> haveAStableId() {
      return new ArchCondition<>("have an id of module and purpose") {
        @Override
        public void check(JavaMethod method, ConditionEvents events) {
          var id = method.getAnnotationOfType(EventHandler.class).value();
          var module =
              method.getOwner().getPackageName().replaceFirst("aero\\.contrail\\.([a-z]+).*", "$1");
          var good = id.matches(module + "\\.[a-z-]+");
          events.add(new SimpleConditionEvent(method, good, method.getFullName() + ": " + id));
        }
      };
    }
  }

  @Nested
  class Style {

    @Test
    void noNameSaysNothing() {
      noClasses()
          .should()
          .haveNameMatching(
              ".*(Service|Impl|Manager|Helper|Utils?|Dto|Entity|Mapper|Facade|Factory|Processor)")
          .because("a name tells what a thing is in the field, not in the framework")
          .check(CODE);
    }

    @Test
    void nothingIsInjectedIntoFields() {
      noFields()
          .should()
          .beAnnotatedWith(Autowired.class)
          .orShould()
          .beAnnotatedWith(Value.class)
          .because("a constructor shows what is needed")
          .check(CODE);
      fields()
          .should()
          .notHaveRawType(Optional.class)
          .because("absence is for return types")
          .check(CODE);
    }

    @Test
    void noParameterIsOptional() {
      constructors()
          .should()
          .notHaveRawParameterTypes(Optional.class)
          .because("absence is for return types")
          .check(CODE);
    }

    @Test
    void sqlIsRunByStoresAlone() {
      noClasses()
          .that()
          .resideInAnyPackage(CONTEXTS)
          .and()
          .haveSimpleNameEndingWith("Controller")
          .should()
          .dependOnClassesThat()
          .areAssignableTo(JdbcClient.class)
          .because("an edge has no business in the database")
          .check(CODE);
    }
  }
}

package aero.contrail.eventlog;

import aero.contrail.TestDatabase;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.context.annotation.Import;
import org.springframework.test.context.ActiveProfiles;
import org.springframework.test.context.ContextConfiguration;

/** The whole application on a real PostgreSQL, with a consumer that writes down what it is told. */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@SpringBootTest(
    webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
    properties = {
      "contrail.demo.week=",
      "contrail.eventlog.batch-size=20",
      "contrail.eventlog.tries=3"
    })
@ActiveProfiles("demo")
@ContextConfiguration(initializers = TestDatabase.class)
@Import({Witness.class, Facts.class})
public @interface LogTest {}

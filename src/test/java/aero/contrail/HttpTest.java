package aero.contrail;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.test.context.ActiveProfiles;
import org.springframework.test.context.ContextConfiguration;

/** The whole application on a real port, in the sandbox, without the demo's flights. */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@SpringBootTest(
    classes = Contrail.class,
    webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
    properties = {"contrail.demo.week=", "contrail.web.refusals-per-second=100000"})
@ActiveProfiles("demo")
@ContextConfiguration(initializers = TestDatabase.class)
public @interface HttpTest {}

package aero.contrail;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.springframework.modulith.test.ApplicationModuleTest;
import org.springframework.test.context.ContextConfiguration;
import org.springframework.test.context.TestPropertySource;

/** One module with the technical ones, on a database of its own. */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@ApplicationModuleTest(verifyAutomatically = false)
@ContextConfiguration(initializers = TestDatabase.class)
@TestPropertySource(
    properties = {
      "contrail.security.clients[0].id=test",
      "contrail.security.clients[0].secret=" + ModuleTest.SECRET,
      "contrail.security.clients[0].scopes=offers:read"
    })
public @interface ModuleTest {

  /** Nobody logs in with it. */
  String SECRET = "{bcrypt}$2a$10$N9qo8uLOickgx2ZMRZoMyeIjZAgcfl7p92ldGxad68LJZdL17lhWy";
}

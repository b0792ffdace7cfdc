/** How the API says no: problems, their codes and pages, and the request ids that stand in them. */
@NamedInterface("problem")
@NullMarked
package aero.contrail.web.problem;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;

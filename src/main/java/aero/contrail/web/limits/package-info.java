/** What one request, and one client, may cost. */
@NullMarked
package aero.contrail.web.limits;

import org.jspecify.annotations.NullMarked;

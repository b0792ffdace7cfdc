/**
 * Two ways to bring events to an empty handler, measured side by side in processes of their own.
 */
@NullMarked
package aero.contrail.alone;

import org.jspecify.annotations.NullMarked;

/** Who consumes: the handler methods of the code, and how a batch is handed to them. */
@NullMarked
package aero.contrail.eventlog.handlers;

import org.jspecify.annotations.NullMarked;

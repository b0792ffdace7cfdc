@NullMarked
package aero.contrail.eventlog.operations;

import org.jspecify.annotations.NullMarked;

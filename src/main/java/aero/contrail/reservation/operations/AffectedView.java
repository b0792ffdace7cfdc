package aero.contrail.reservation.operations;

import aero.contrail.events.FlightId;
import aero.contrail.reservation.booking.FlightSegments;
import java.util.List;

/** Who would be affected; nothing was done. */
record AffectedView(FlightId flightId, boolean dryRun, List<FlightSegments.Affected> affected) {}

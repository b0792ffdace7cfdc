package aero.contrail.order;

/** Where an order is in its life. */
enum OrderStatus {
  PLACED,
  WAITLISTED,
  REJECTED,
  HELD,
  EXPIRED,
  CONFIRMING,
  FAILED,
  TICKETED,
  CANCELLED,
  COMPLETED
}

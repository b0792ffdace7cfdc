package aero.contrail.order.model;

/** Where an order is in its life. */
public enum OrderStatus {
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

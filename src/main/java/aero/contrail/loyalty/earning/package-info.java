/**
 * What coupons bring. Reads top to bottom: {@code EarningRules} (the versions of the rules), {@code
 * Programmes} (where they are filed), {@code Coupon} and {@code Coupons} (what was sold and flown),
 * {@code CouponAccounts} (what becomes of points with what becomes of coupons), {@code
 * PointsAccrual} (hears orders).
 */
@NullMarked
package aero.contrail.loyalty.earning;

import org.jspecify.annotations.NullMarked;

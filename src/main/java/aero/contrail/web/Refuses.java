package aero.contrail.web;

import aero.contrail.web.problem.ProblemCode;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * The refusals of an operation that its parameters do not tell: they stand in the description of
 * the API, and no test may see another.
 */
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
public @interface Refuses {

  ProblemCode[] value();
}

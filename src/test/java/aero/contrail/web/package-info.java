@NullMarked
package aero.contrail.web;

import org.jspecify.annotations.NullMarked;

@NullMarked
package aero.contrail.database;

import org.jspecify.annotations.NullMarked;

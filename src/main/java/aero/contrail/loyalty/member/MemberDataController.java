package aero.contrail.loyalty.member;

import aero.contrail.web.security.Caller;
import io.swagger.v3.oas.annotations.Operation;
import java.time.Clock;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** What is known of the people behind members. */
@RestController
@RequestMapping("/members/{number}/personal-data")
class MemberDataController {

  private final MemberFinder finder;
  private final PersonalDetails details;
  private final Clock clock;

  MemberDataController(MemberFinder finder, PersonalDetails details, Clock clock) {
    this.finder = finder;
    this.details = details;
    this.clock = clock;
  }

  @Operation(
      summary = "Erase a member's name and address",
      description =
          "They cannot be had back. The number, its points and their history stay; erased twice is"
              + " erased.")
  @DeleteMapping
  @ResponseStatus(HttpStatus.NO_CONTENT)
  void erase(@PathVariable String number, Caller caller) {
    details.erase(finder.require(number, caller).number(), clock.instant());
  }
}

package aero.contrail.loyalty.member;

import aero.contrail.events.MemberNumber;
import java.time.Instant;
import java.time.ZoneOffset;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** What is known of the people behind members. */
@Repository
class PersonalDetails {

  private static final String ERASE =
      """
      update loyalty.member
         set given_name = null, family_name = null, email = null,
             erased_at = coalesce(erased_at, :now)
       where number = :number
      """;

  private final JdbcClient jdbc;

  PersonalDetails(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /** Erased twice is erased. */
  void erase(MemberNumber member, Instant now) {
    jdbc.sql(ERASE)
        .param("number", member.value())
        .param("now", now.atOffset(ZoneOffset.UTC))
        .update();
  }
}

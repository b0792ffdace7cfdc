package aero.contrail.loyalty;

import aero.contrail.events.MemberNumber;
import java.util.Collection;
import java.util.Set;
import org.springframework.data.jdbc.repository.query.Query;
import org.springframework.data.repository.ListCrudRepository;

/** The members of the programme. */
interface Members extends ListCrudRepository<Member, MemberNumber> {

  @Query("select nextval('loyalty.member_serial')")
  long nextSerial();

  /**
   * Locks members in the order of their numbers until the transaction ends, so that the entries of
   * one member are written one after the other.
   *
   * @return those that exist
   */
  @Query(
      """
      select number
        from loyalty.member
       where number in (:numbers)
       order by number
         for update
      """)
  Set<String> lock(Collection<String> numbers);
}
